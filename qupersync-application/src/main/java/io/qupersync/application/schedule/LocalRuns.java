package io.qupersync.application.schedule;

import io.qupersync.application.sync.RunRequest;
import io.qupersync.application.sync.RunSyncJob;

/// Starts scheduled runs in this process, beside those that were asked for.
public final class LocalRuns implements Scheduler.Starter {

  private final RunSyncJob runSyncJob;
  private final RunExecutor ongoing;

  public LocalRuns(RunSyncJob runSyncJob, RunExecutor ongoing) {
    this.runSyncJob = runSyncJob;
    this.ongoing = ongoing;
  }

  @Override
  public RunStart start(RunRequest request) {
    return ongoing.start("run-" + request.job(), () -> runSyncJob.run(request));
  }

  @Override
  public int underWay() {
    return ongoing.count();
  }
}
