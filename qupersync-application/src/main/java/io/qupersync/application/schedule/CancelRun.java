package io.qupersync.application.schedule;

import io.qupersync.application.port.LeaseStore;
import io.qupersync.application.sync.LeasedRuns;
import io.qupersync.domain.run.RunId;

/// Tells a run to stop: its batch in flight is committed or rolled back, it is logged as cancelled,
/// and the next run goes on where it stopped.
public final class CancelRun {

  private final LeasedRuns runs;
  private final LeaseStore leases;

  public CancelRun(LeasedRuns runs, LeaseStore leases) {
    this.runs = runs;
    this.leases = leases;
  }

  /// A run of another instance hears of it when it next renews its lease.
  ///
  /// @return false when no such run is under way anywhere
  public boolean cancel(RunId run) {
    return runs.cancel(run) || leases.requestCancel(run);
  }
}
