package io.qupersync.application.simulation;

import io.qupersync.application.port.ProgressStore;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.progress.JobProgress;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.run.Lease;
import java.time.Instant;
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
  public void advance(Lease lease, Optional<Watermark> watermark, Instant at) {
    store.advance(lease, layer.apply(watermark), at);
  }

  @Override
  public void rememberBeginning(Lease lease, Watermark beginning) {
    store.rememberBeginning(lease, beginning);
  }

  @Override
  public void set(JobId job, Optional<Watermark> watermark) {
    store.set(job, watermark);
  }
}
