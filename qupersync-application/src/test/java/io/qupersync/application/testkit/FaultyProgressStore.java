package io.qupersync.application.testkit;

import io.qupersync.application.port.ProgressStore;
import io.qupersync.application.testkit.FaultPlan.Call;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.progress.Fingerprint;
import io.qupersync.domain.progress.JobProgress;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.progress.Witness;
import io.qupersync.domain.run.Lease;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

record FaultyProgressStore(ProgressStore store, FaultyPorts fate) implements ProgressStore {

  @Override
  public JobProgress load(JobId job) {
    return fate.ask(Call.LOAD_PROGRESS, () -> store.load(job));
  }

  @Override
  public void advance(
      Lease lease, Optional<Watermark> watermark, Instant at, Optional<Basis> basis) {
    fate.tell(Call.ADVANCE, () -> store.advance(lease, watermark, at, basis));
  }

  @Override
  public void rememberBeginning(Lease lease, Watermark beginning) {
    store.rememberBeginning(lease, beginning);
  }

  @Override
  public void rememberMissing(Lease lease, Map<String, Instant> missing) {
    store.rememberMissing(lease, missing);
  }

  @Override
  public void adopt(Lease lease, Fingerprint fingerprint) {
    fate.tell(Call.ADOPT, () -> store.adopt(lease, fingerprint));
  }

  @Override
  public void witnessed(Lease lease, Witness witness) {
    fate.tell(Call.LOST, () -> store.witnessed(lease, witness));
  }

  @Override
  public void lost(Lease lease, String reason) {
    fate.tell(Call.LOST, () -> store.lost(lease, reason));
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
