package io.qupersync.application.sync;

import io.qupersync.domain.job.FlavoredJob;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.JobRegistry;
import java.util.Optional;

/// The jobs as they are defined now. All of them are replaced at once, when the configuration is
/// read again; a run that is under way goes on by the definition it began with. Safe for use by
/// many threads.
public final class JobDefinitions {

  private volatile JobRegistry current;

  public JobDefinitions(JobRegistry jobs) {
    this.current = jobs;
  }

  /// Whoever asks several questions that belong together asks them of one answer.
  public JobRegistry current() {
    return current;
  }

  public Optional<FlavoredJob> find(JobId id) {
    return current.find(id);
  }

  /// @throws IllegalArgumentException when there is no such job
  public FlavoredJob require(JobId id) {
    return find(id).orElseThrow(() -> new IllegalArgumentException("no job '%s'".formatted(id)));
  }

  public void replace(JobRegistry jobs) {
    current = jobs;
  }
}
