package io.qupersync.application.sync;

import io.qupersync.domain.job.Flavor;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.JobRegistry;
import io.qupersync.domain.job.JobVariants;
import java.util.Optional;

/// The jobs as they are defined now. All of them are replaced at once, when the configuration is
/// read again; a run that is under way goes on by the definition it began with. Safe for use by
/// many threads.
public final class JobDefinitions {

  private JobRegistry defined;
  private Optional<Flavor> flavor = Optional.empty();
  private volatile JobRegistry current;

  public JobDefinitions(JobRegistry jobs) {
    this.defined = jobs;
    this.current = jobs;
  }

  /// Whoever asks several questions that belong together asks them of one answer.
  public JobRegistry current() {
    return current;
  }

  public Optional<JobVariants> find(JobId id) {
    return current.find(id);
  }

  /// @throws IllegalArgumentException when there is no such job
  public JobVariants require(JobId id) {
    return find(id).orElseThrow(() -> new IllegalArgumentException("no job '%s'".formatted(id)));
  }

  public synchronized void replace(JobRegistry jobs) {
    defined = jobs;
    current = flavor.map(jobs::settledOn).orElse(jobs);
  }

  /// It is known now what kind of Redshift the source is: from now on each job has the one shape
  /// that it has there, and runs by its schedule.
  public synchronized void settleOn(Flavor known) {
    flavor = Optional.of(known);
    current = defined.settledOn(known);
  }
}
