package io.qupersync.application.query;

import io.qupersync.application.port.RunLog;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.RunStatus;
import io.qupersync.domain.run.SyncRun;
import java.util.List;
import java.util.Optional;

/// Answers what ran and how it ended.
public final class RunQueries {

  private final RunLog runs;

  public RunQueries(RunLog runs) {
    this.runs = runs;
  }

  public Optional<SyncRun> find(RunId run) {
    return runs.find(run);
  }

  /// The latest runs first.
  ///
  /// @param before only runs with a smaller number
  /// @param limit 1 to 1000
  public List<SyncRun> list(
      Optional<JobId> job, Optional<RunStatus> status, Optional<RunId> before, int limit) {
    return runs.list(new RunLog.Filter(job, status, before, limit));
  }
}
