package io.qupersync.application.testkit;

import io.qupersync.application.port.ScheduleStore;
import io.qupersync.application.testkit.InMemoryState.HeldLease;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.ManualOverride;
import io.qupersync.domain.job.Schedule;
import io.qupersync.domain.job.ScheduleChange;
import io.qupersync.domain.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Not part of the state that a transaction copies: a schedule is changed by single statements, and
/// a simulated day has a great many of them.
final class InMemoryScheduleStore implements ScheduleStore {

  private record Row(
      Optional<Schedule> plan,
      Optional<Instant> due,
      boolean misfired,
      Optional<ManualOverride> paused,
      Optional<ScheduleChange> changed,
      boolean claimed,
      long token,
      Instant until) {

    static final Row EMPTY =
        new Row(
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty(),
            Optional.empty(),
            false,
            0,
            Instant.MIN);

    Row due(Optional<Schedule> by, Optional<Instant> next) {
      return new Row(by, next, false, paused, changed, false, token, Instant.MIN);
    }

    Row claim(boolean held, long newToken, Instant expiry) {
      return new Row(plan, due, misfired, paused, changed, held, newToken, expiry);
    }

    Row toldLate() {
      return new Row(plan, due, true, paused, changed, claimed, token, until);
    }

    Row decided(Optional<ManualOverride> pause, Optional<ScheduleChange> change) {
      return new Row(plan, due, misfired, pause, change, claimed, token, until);
    }

    boolean isTaken(Instant now) {
      return claimed && until.isAfter(now);
    }
  }

  private final InMemoryDatabase database;
  private final InstantSource clock;
  private final Map<JobId, Row> rows = new HashMap<>();

  InMemoryScheduleStore(InMemoryDatabase database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public Instant now() {
    return clock.instant();
  }

  @Override
  public synchronized ScheduleSnapshot look() {
    Instant now = clock.instant();
    Map<JobId, HeldLease> leases = database.read(state -> Map.copyOf(state.leases));
    Set<JobId> jobs = new HashSet<>(rows.keySet());
    jobs.addAll(leases.keySet());
    return new ScheduleSnapshot(
        now,
        jobs.stream()
            .collect(
                Collectors.toMap(
                    job -> job,
                    job -> standing(row(job), Optional.ofNullable(leases.get(job)), now))));
  }

  private static JobSchedule standing(Row row, Optional<HeldLease> lease, Instant now) {
    Optional<RunId> running = lease.filter(held -> held.isHeldAt(now)).map(HeldLease::run);
    return new JobSchedule(
        row.plan(),
        row.due(),
        row.misfired(),
        row.paused(),
        row.changed(),
        row.claimed() ? row.isTaken(now) ? Taken.TAKEN : Taken.LOST : Taken.NOT,
        running,
        lease.filter(_ -> running.isEmpty()).map(HeldLease::until));
  }

  private Row row(JobId job) {
    return rows.getOrDefault(job, Row.EMPTY);
  }

  private void change(JobId job, UnaryOperator<Row> change) {
    rows.put(job, change.apply(row(job)));
  }

  @Override
  public synchronized boolean plan(
      JobId job, Optional<Instant> seen, Schedule by, Optional<Instant> next) {
    Row row = row(job);
    boolean first = row.due().equals(seen) && !row.claimed();
    if (first) {
      change(job, was -> was.due(Optional.of(by), next));
    }
    return first;
  }

  @Override
  public synchronized Optional<Claim> claim(JobId job, Instant due, String owner, Duration ttl) {
    Row row = row(job);
    Instant now = clock.instant();
    if (!row.due().equals(Optional.of(due)) || row.isTaken(now)) {
      return Optional.empty();
    }
    long token = row.token() + 1;
    change(job, was -> was.claim(true, token, now.plus(ttl)));
    return Optional.of(new Claim(job, due, token));
  }

  private boolean isHeld(Claim claim) {
    return row(claim.job()).claimed() && row(claim.job()).token() == claim.token();
  }

  @Override
  public synchronized Set<Claim> renew(Collection<Claim> claims, Duration ttl) {
    Instant until = clock.instant().plus(ttl);
    Set<Claim> held = claims.stream().filter(this::isHeld).collect(Collectors.toSet());
    held.forEach(claim -> change(claim.job(), was -> was.claim(true, was.token(), until)));
    return held;
  }

  @Override
  public synchronized boolean complete(Claim claim, Optional<Instant> next) {
    boolean held = isHeld(claim);
    if (held) {
      change(claim.job(), was -> was.due(was.plan(), next));
    }
    return held;
  }

  @Override
  public synchronized void release(Claim claim) {
    if (isHeld(claim)) {
      change(claim.job(), was -> was.claim(false, was.token(), Instant.MIN));
    }
  }

  @Override
  public synchronized void giveUp(Claim claim) {
    if (isHeld(claim)) {
      change(claim.job(), was -> was.claim(true, was.token(), clock.instant()));
    }
  }

  @Override
  public synchronized boolean misfired(JobId job, Instant due) {
    Row row = row(job);
    boolean first = row.due().equals(Optional.of(due)) && !row.misfired();
    if (first) {
      change(job, Row::toldLate);
    }
    return first;
  }

  @Override
  public synchronized void pause(JobId job, ManualOverride manualOverride) {
    change(job, was -> was.decided(Optional.of(manualOverride), was.changed()));
  }

  @Override
  public synchronized boolean resume(JobId job) {
    boolean paused = row(job).paused().isPresent();
    change(job, was -> was.decided(Optional.empty(), was.changed()));
    return paused;
  }

  @Override
  public synchronized void change(JobId job, ScheduleChange change) {
    change(job, was -> was.decided(was.paused(), Optional.of(change)));
  }

  @Override
  public synchronized boolean restore(JobId job) {
    boolean changed = row(job).changed().isPresent();
    change(job, was -> was.decided(was.paused(), Optional.empty()));
    return changed;
  }
}
