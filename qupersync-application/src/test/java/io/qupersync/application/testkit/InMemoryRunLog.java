package io.qupersync.application.testkit;

import io.qupersync.application.port.RunLog;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.RunStatus;
import io.qupersync.domain.run.RunTally;
import io.qupersync.domain.run.SyncRun;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

final class InMemoryRunLog implements RunLog {

  private final InMemoryDatabase database;
  private final InstantSource clock;

  InMemoryRunLog(InMemoryDatabase database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public RunId nextId() {
    return database.transaction(state -> new RunId(++state.lastRun));
  }

  @Override
  public void started(SyncRun run) {
    database.execute(state -> {
      state
          .runs
          .headMap(run.id())
          .replaceAll(
              (_, earlier) -> earlier.job().equals(run.job()) ? abandoned(earlier) : earlier);
      state.runs.putIfAbsent(run.id(), run);
    });
  }

  private SyncRun abandoned(SyncRun run) {
    return run.status() == RunStatus.RUNNING
        ? with(run, RunStatus.ABANDONED, Optional.of(clock.instant()), run.attempts())
        : run;
  }

  @Override
  public void neverBegan(SyncRun run) {
    database.execute(state -> state.runs.putIfAbsent(run.id(), run));
  }

  @Override
  public int deleteOlderThan(Instant then) {
    return database.transaction(state -> {
      var kept = new HashSet<RunId>();
      var jobs = new HashSet<JobId>();
      var wellEnded = new HashSet<JobId>();
      for (SyncRun run : state.runs.descendingMap().values()) {
        boolean latest = run.status() != RunStatus.MISFIRED && jobs.add(run.job());
        boolean latestSuccess = run.status() == RunStatus.SUCCESS && wellEnded.add(run.job());
        boolean recent = run.completedAt().map(at -> !at.isBefore(then)).orElse(true);
        if (latest || latestSuccess || recent) {
          kept.add(run.id());
        }
      }
      int before = state.runs.size();
      state.runs.keySet().retainAll(kept);
      return before - state.runs.size();
    });
  }

  @Override
  public void attempt(RunId run, int attempts) {
    change(run, was -> with(was, was.status(), was.completedAt(), attempts));
  }

  @Override
  public void finished(SyncRun run) {
    change(run.id(), was -> with(run, highest(was.tally(), run.tally())));
    database.execute(state ->
        state.leases.computeIfPresent(
            run.job(),
            (_, held) ->
                held.run().equals(run.id())
                    ? new InMemoryState.HeldLease(
                        held.run(), held.owner(), held.token(), clock.instant(), true, false)
                    : held));
  }

  /// Changes a run that is under way, and no other.
  private void change(RunId run, UnaryOperator<SyncRun> change) {
    database.execute(state ->
        state.runs.computeIfPresent(
            run, (_, was) -> was.status() == RunStatus.RUNNING ? change.apply(was) : was));
  }

  private static RunTally highest(RunTally one, RunTally other) {
    return new RunTally(
        Math.max(one.extracted(), other.extracted()),
        Math.max(one.inserted(), other.inserted()),
        Math.max(one.updated(), other.updated()),
        Math.max(one.unchanged(), other.unchanged()),
        Math.max(one.deleted(), other.deleted()),
        Math.max(one.skipped(), other.skipped()),
        Math.max(one.duplicates(), other.duplicates()));
  }

  static SyncRun with(SyncRun run, RunTally tally) {
    return new SyncRun(
        run.id(),
        run.job(),
        run.trigger(),
        run.status(),
        run.startedAt(),
        run.completedAt(),
        tally,
        run.attempts(),
        run.watermarkFrom(),
        run.watermarkTo(),
        run.error(),
        run.remark());
  }

  private static SyncRun with(
      SyncRun was, RunStatus status, Optional<Instant> completedAt, int attempts) {
    return new SyncRun(
        was.id(),
        was.job(),
        was.trigger(),
        status,
        was.startedAt(),
        completedAt,
        was.tally(),
        attempts,
        was.watermarkFrom(),
        was.watermarkTo(),
        was.error(),
        was.remark());
  }

  @Override
  public Optional<SyncRun> find(RunId run) {
    return database.read(state -> Optional.ofNullable(state.runs.get(run)));
  }

  @Override
  public List<SyncRun> list(Filter filter) {
    return database.read(state ->
        state.runs.descendingMap().values().stream()
            .filter(run -> filter.job().map(run.job()::equals).orElse(true))
            .filter(run -> filter.status().map(run.status()::equals).orElse(true))
            .filter(run -> filter.before().map(id -> run.id().value() < id.value()).orElse(true))
            .limit(filter.limit())
            .toList());
  }
}
