package io.qupersync.application.sync;

import io.qupersync.application.port.LeaseStore;
import io.qupersync.application.port.ProgressStore;
import io.qupersync.application.port.RowSource;
import io.qupersync.application.port.RowTarget;
import io.qupersync.application.port.RunLog;

/// The world as a run sees it.
public record SyncPorts(
    RowSource source, RowTarget target, ProgressStore progress, LeaseStore leases, RunLog runs) {

  /// The same world, read from another source.
  public SyncPorts reading(RowSource other) {
    return new SyncPorts(other, target, progress, leases, runs);
  }
}
