package io.qupersync.application.simulation;

import io.qupersync.application.port.BatchStep;
import io.qupersync.application.port.Load;
import io.qupersync.application.port.ProgressStore;
import io.qupersync.application.sync.SyncPorts;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.progress.Fingerprint;
import io.qupersync.domain.progress.JobProgress;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.progress.Witness;
import io.qupersync.domain.row.TargetBatch;
import io.qupersync.domain.run.Lease;
import io.qupersync.domain.run.RunTally;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Asks the oracle after every write.
final class WatchedPorts {

  private WatchedPorts() {}

  static SyncPorts over(SyncPorts ports, Oracle oracle, SourceActivity sourceActivity) {
    return new SyncPorts(
        ports.source(),
        new LayeredTarget(
            ports.target(),
            (load, lease) -> new WatchedLoad(load, lease, oracle, sourceActivity.changes())),
        new WatchedStore(ports.progress(), oracle),
        ports.leases(),
        ports.runs());
  }

  /// @param begun the last change at the source when the load began
  private record WatchedLoad(Load load, Lease lease, Oracle oracle, long begun) implements Load {

    @Override
    public RunTally commit(TargetBatch batch, BatchStep step) {
      RunTally tally = load.commit(batch, step);
      oracle.wroteUnder(lease);
      oracle.nothingBecameOlder();
      oracle.nothingIsLeftBehind();
      return tally;
    }

    @Override
    public long deleteUnseen(int maxPercent) {
      Set<Long> before = oracle.targetIds();
      long deleted = load.deleteUnseen(maxPercent);
      oracle.wroteUnder(lease);
      oracle.deletedOnlyWhatIsGone(before, begun);
      oracle.nothingBecameOlder();
      return deleted;
    }

    @Override
    public void confirm(long step) {
      load.confirm(step);
    }

    @Override
    public void close() {
      load.close();
    }
  }

  private record WatchedStore(ProgressStore store, Oracle oracle) implements ProgressStore {

    @Override
    public JobProgress load(JobId job) {
      return store.load(job);
    }

    @Override
    public void advance(
        Lease lease, Optional<Watermark> watermark, Instant at, Optional<Basis> basis) {
      store.advance(lease, watermark, at, basis);
      oracle.wroteUnder(lease);
      oracle.nothingIsLeftBehind();
    }

    @Override
    public void rememberBeginning(Lease lease, Watermark beginning) {
      store.rememberBeginning(lease, beginning);
      oracle.wroteUnder(lease);
    }

    @Override
    public void rememberMissing(Lease lease, Map<String, Instant> missing) {
      store.rememberMissing(lease, missing);
    }

    @Override
    public void adopt(Lease lease, Fingerprint fingerprint) {
      store.adopt(lease, fingerprint);
    }

    @Override
    public void witnessed(Lease lease, Witness witness) {
      store.witnessed(lease, witness);
    }

    @Override
    public void lost(Lease lease, String reason) {
      store.lost(lease, reason);
    }

    @Override
    public void set(JobId job, Optional<Watermark> watermark, Optional<Fingerprint> fingerprint) {
      store.set(job, watermark, fingerprint);
    }

    @Override
    public void keep(JobId job, Fingerprint fingerprint) {
      store.keep(job, fingerprint);
    }
  }
}
