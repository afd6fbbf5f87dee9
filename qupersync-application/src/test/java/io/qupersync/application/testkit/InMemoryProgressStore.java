package io.qupersync.application.testkit;

import io.qupersync.application.port.PermanentFailure;
import io.qupersync.application.port.ProgressStore;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.progress.JobProgress;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.run.Lease;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

final class InMemoryProgressStore implements ProgressStore {

  private final InMemoryDatabase database;
  private final InstantSource clock;

  InMemoryProgressStore(InMemoryDatabase database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public JobProgress load(JobId job) {
    return database.read(state -> state.progressOf(job));
  }

  @Override
  public void advance(Lease lease, Optional<Watermark> watermark, Instant at) {
    database.execute(state -> {
      state.requireHeld(lease);
      JobProgress before = state.progressOf(lease.job());
      state.progress.put(
          lease.job(),
          new JobProgress(
              watermark.or(before::watermark),
              Optional.empty(),
              Optional.of(at),
              before.lateness(),
              before.beginning()));
    });
  }

  @Override
  public void rememberBeginning(Lease lease, Watermark beginning) {
    database.execute(state -> {
      state.requireHeld(lease);
      JobProgress before = state.progressOf(lease.job());
      state.progress.put(
          lease.job(),
          new JobProgress(
              before.watermark(),
              before.checkpoint(),
              before.lastSync(),
              before.lateness(),
              Optional.of(beginning)));
    });
  }

  @Override
  public void set(JobId job, Optional<Watermark> watermark) {
    database.execute(state -> {
      InMemoryState.HeldLease lease = state.leases.get(job);
      if (lease != null && !lease.released() && lease.until().isAfter(clock.instant())) {
        throw new PermanentFailure(
            FailureKind.LEASE_LOST,
            "run %s of job '%s' is under way; wait for its end, or cancel it"
                .formatted(lease.run(), job));
      }
      Optional<Instant> lastSync = state.progressOf(job).lastSync();
      state.progress.put(job, new JobProgress(watermark, Optional.empty(), lastSync));
    });
  }
}
