package io.qupersync.application.testkit;

import io.qupersync.application.port.PermanentFailure;
import io.qupersync.application.port.ProgressStore;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.progress.Fingerprint;
import io.qupersync.domain.progress.JobProgress;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.progress.WatermarkOrigin;
import io.qupersync.domain.progress.Witness;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.run.Lease;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

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
  public void advance(
      Lease lease, Optional<Watermark> watermark, Instant at, Optional<Basis> basis) {
    database.execute(state -> {
      state.requireHeld(lease);
      JobProgress before = state.progressOf(lease.job());
      boolean anew = basis.map(Basis::anew).orElse(false);
      state.progress.put(
          lease.job(),
          new JobProgress(
              anew ? watermark : watermark.or(before::watermark),
              Optional.empty(),
              Optional.of(at),
              anew ? Optional.empty() : before.lateness(),
              before.beginning(),
              basis.map(made -> origin(state, lease, made)).or(before::origin),
              before.missing()));
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
              Optional.of(beginning),
              before.origin()));
    });
  }

  private static WatermarkOrigin origin(InMemoryState state, Lease lease, Basis made) {
    Optional<Witness> found = made.row().flatMap(row -> InMemoryWitness.of(state, row));
    return new WatermarkOrigin(
        made.fingerprint(),
        found.or(made::otherwise),
        Optional.empty(),
        made.byHand() && found.isEmpty(),
        owner(state, lease));
  }

  @Override
  public void adopt(Lease lease, Fingerprint fingerprint) {
    database.execute(state -> {
      state.requireHeld(lease);
      Optional<WatermarkOrigin> known = state.progressOf(lease.job()).origin();
      put(
          state,
          lease.job(),
          known
              .map(origin ->
                  new WatermarkOrigin(
                      fingerprint,
                      origin.witness(),
                      origin.lost(),
                      origin.byHand(),
                      owner(state, lease)))
              .orElseGet(() ->
                  new WatermarkOrigin(
                      fingerprint,
                      Optional.empty(),
                      Optional.empty(),
                      false,
                      owner(state, lease))));
    });
  }

  @Override
  public void rememberMissing(Lease lease, Map<String, Instant> missing) {
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
              before.beginning(),
              before.origin(),
              missing));
    });
  }

  @Override
  public void witnessed(Lease lease, Witness witness) {
    change(
        lease,
        origin ->
            new WatermarkOrigin(
                origin.fingerprint(),
                Optional.of(witness),
                origin.lost(),
                origin.byHand(),
                origin.by()));
  }

  @Override
  public void lost(Lease lease, String reason) {
    change(
        lease,
        origin ->
            new WatermarkOrigin(
                origin.fingerprint(),
                origin.witness(),
                Optional.of(reason),
                origin.byHand(),
                origin.by()));
  }

  private static Optional<String> owner(InMemoryState state, Lease lease) {
    return Optional.ofNullable(state.leases.get(lease.job())).map(InMemoryState.HeldLease::owner);
  }

  private void change(Lease lease, UnaryOperator<WatermarkOrigin> change) {
    database.execute(state -> {
      state.requireHeld(lease);
      state
          .progressOf(lease.job())
          .origin()
          .ifPresent(origin -> put(state, lease.job(), change.apply(origin)));
    });
  }

  private static void put(InMemoryState state, JobId job, WatermarkOrigin origin) {
    JobProgress was = state.progressOf(job);
    state.progress.put(
        job,
        new JobProgress(
            was.watermark(),
            was.checkpoint(),
            was.lastSync(),
            was.lateness(),
            was.beginning(),
            Optional.of(origin)));
  }

  @Override
  public void set(JobId job, Optional<Watermark> watermark, Optional<Fingerprint> fingerprint) {
    database.execute(state -> {
      refuseWhileRunning(state, job);
      Optional<Instant> lastSync = state.progressOf(job).lastSync();
      state.progress.put(
          job,
          new JobProgress(
              watermark,
              Optional.empty(),
              lastSync,
              Optional.empty(),
              Optional.empty(),
              fingerprint.map(InMemoryProgressStore::byHand)));
    });
  }

  @Override
  public void keep(JobId job, Fingerprint fingerprint) {
    database.execute(state -> {
      refuseWhileRunning(state, job);
      JobProgress was = state.progressOf(job);
      state.progress.put(
          job,
          new JobProgress(
              was.watermark(),
              was.checkpoint(),
              was.lastSync(),
              Optional.empty(),
              was.beginning(),
              Optional.of(byHand(fingerprint)),
              was.missing()));
    });
  }

  private static WatermarkOrigin byHand(Fingerprint fingerprint) {
    return new WatermarkOrigin(fingerprint, Optional.empty(), Optional.empty(), true);
  }

  private void refuseWhileRunning(InMemoryState state, JobId job) {
    InMemoryState.HeldLease lease = state.leases.get(job);
    if (lease != null && !lease.released() && lease.until().isAfter(clock.instant())) {
      throw new PermanentFailure(
          FailureKind.LEASE_LOST,
          "run %s of job '%s' is under way; wait for its end, or cancel it"
              .formatted(lease.run(), job));
    }
  }
}
