package io.qupersync.application.simulation;

import io.qupersync.application.port.ProgressStore;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.progress.Fingerprint;
import io.qupersync.domain.progress.JobProgress;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.progress.Witness;
import io.qupersync.domain.run.Lease;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A store with a layer around the watermarks that runs have reached.
record LayeredProgress(ProgressStore store, UnaryOperator<Optional<Watermark>> layer)
    implements ProgressStore {

  @Override
  public JobProgress load(JobId job) {
    return store.load(job);
  }

  @Override
  public void advance(
      Lease lease, Optional<Watermark> watermark, Instant at, Optional<Basis> basis) {
    store.advance(lease, layer.apply(watermark), at, basis);
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
  public void keep(JobId job, Fingerprint fingerprint) {
    store.keep(job, fingerprint);
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
  public void set(JobId job, Optional<Watermark> watermark, Optional<Fingerprint> fingerprint) {
    store.set(job, watermark, fingerprint);
  }
}
