package io.qupersync.application.testkit;

import io.qupersync.application.port.ProgressStore;
import io.qupersync.application.testkit.Fate.Call;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.progress.JobProgress;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.run.Lease;
import java.time.Instant;
import java.util.Optional;

record FatefulProgressStore(ProgressStore store, FatefulPorts fate) implements ProgressStore {

  @Override
  public JobProgress load(JobId job) {
    return fate.ask(Call.LOAD_PROGRESS, () -> store.load(job));
  }

  @Override
  public void advance(Lease lease, Optional<Watermark> watermark, Instant at) {
    fate.tell(Call.ADVANCE, () -> store.advance(lease, watermark, at));
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
