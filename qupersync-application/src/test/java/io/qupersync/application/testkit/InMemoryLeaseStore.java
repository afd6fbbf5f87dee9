package io.qupersync.application.testkit;

import io.qupersync.application.port.LeaseStore;
import io.qupersync.application.testkit.InMemoryState.HeldLease;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.Lease;
import io.qupersync.domain.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

final class InMemoryLeaseStore implements LeaseStore {

  private final InMemoryDatabase database;
  private final InstantSource clock;

  InMemoryLeaseStore(InMemoryDatabase database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public Attempt acquire(JobId job, RunId run, String owner, Duration ttl) {
    return database.transaction(state -> {
      Instant now = clock.instant();
      Optional<HeldLease> open =
          Optional.ofNullable(state.leases.get(job)).filter(lease -> !lease.released());
      Optional<HeldLease> others = open.filter(lease -> !lease.run().equals(run));
      if (others.isPresent() && others.get().until().isAfter(now)) {
        return new Attempt.Held(others.get().run(), others.get().until());
      }
      long token = ++state.lastToken;
      state.leases.put(job, new HeldLease(run, owner, token, now.plus(ttl), false, false));
      return new Attempt.Granted(new Lease(job, run, token), others.map(HeldLease::run));
    });
  }

  @Override
  public Renewal renew(Lease lease, Duration ttl) {
    return database.transaction(state -> {
      if (!state.isHeld(lease)) {
        return Renewal.LOST;
      }
      HeldLease held = state.leases.get(lease.job());
      boolean cancel = held.cancelRequested();
      Instant until = clock.instant().plus(ttl);
      state.leases.put(
          lease.job(),
          new HeldLease(lease.run(), held.owner(), lease.token(), until, false, cancel));
      return cancel ? Renewal.CANCEL_REQUESTED : Renewal.HELD;
    });
  }

  @Override
  public boolean requestCancel(RunId run) {
    return database.transaction(state -> {
      Optional<JobId> job =
          state.leases.entrySet().stream()
              .filter(entry -> entry.getValue().run().equals(run))
              .filter(entry -> entry.getValue().isHeldAt(clock.instant()))
              .map(Map.Entry::getKey)
              .findFirst();
      job.ifPresent(held ->
          state.leases.computeIfPresent(
              held,
              (_, was) ->
                  new HeldLease(was.run(), was.owner(), was.token(), was.until(), false, true)));
      return job.isPresent();
    });
  }

  @Override
  public void release(Lease lease) {
    database.execute(state -> {
      if (state.isHeld(lease)) {
        state.leases.put(
            lease.job(),
            new HeldLease(
                lease.run(),
                state.leases.get(lease.job()).owner(),
                lease.token(),
                clock.instant(),
                true,
                false));
      }
    });
  }
}
