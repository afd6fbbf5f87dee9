package io.qupersync.application.schedule;

import io.qupersync.application.port.LeaseStore.Attempt;
import io.qupersync.application.sync.RunRequest;
import io.qupersync.application.testkit.InMemoryDatabase;
import io.qupersync.application.testkit.SettableClock;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.run.Lease;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.domain.run.RunStatus;
import io.qupersync.domain.run.RunTally;
import io.qupersync.domain.run.SyncRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Runs that last as long as a test says, hold their job's lease and stand in the run log, and move
/// no row.
final class SimulatedRuns implements Scheduler.Starter {

  static final Duration LEASE = Duration.ofSeconds(30);

  private record Run(SyncRun line, Lease lease, Instant ends, CompletableFuture<RunOutcome> end) {}

  private final InMemoryDatabase database;
  private final SettableClock clock;
  private final Map<JobId, Duration> lasts = new HashMap<>();
  private final Map<JobId, String> failing = new HashMap<>();
  private final List<Run> underWay = new ArrayList<>();
  private final Map<JobId, List<Instant>> begun = new HashMap<>();
  private final Map<JobId, List<Instant>> full = new HashMap<>();
  private boolean shuttingDown;
  private @Nullable Throwable broken;

  SimulatedRuns(InMemoryDatabase database, SettableClock clock) {
    this.database = database;
    this.clock = clock;
  }

  void last(JobId job, Duration duration) {
    lasts.put(job, duration);
  }

  void fail(JobId job, String reason) {
    failing.put(job, reason);
  }

  void succeed(JobId job) {
    failing.remove(job);
  }

  /// From now on no run begins in this process.
  void shutDown() {
    shuttingDown = true;
  }

  /// From now on each run ends with this, before it has begun.
  void breakDown(Throwable defect) {
    broken = defect;
  }

  void recover() {
    broken = null;
  }

  /// When the job's runs began.
  List<Instant> begun(JobId job) {
    return begun.getOrDefault(job, List.of());
  }

  /// When those of them began that read everything.
  List<Instant> fullBegun(JobId job) {
    return full.getOrDefault(job, List.of());
  }

  @Override
  public int underWay() {
    return underWay.size();
  }

  @Override
  public RunStart start(RunRequest request) {
    if (broken != null) {
      return new RunStart.Started(CompletableFuture.failedFuture(broken));
    }
    return shuttingDown ? new RunStart.ShuttingDown() : new RunStart.Started(begin(request));
  }

  private CompletableFuture<RunOutcome> begin(RunRequest request) {
    RunId id = database.runs().nextId();
    return switch (database.leases().acquire(request.job(), id, "simulated", LEASE)) {
      case Attempt.Held(RunId holder, Instant _) ->
          CompletableFuture.completedFuture(new RunOutcome.AlreadyRunning(holder));
      case Attempt.Granted(Lease lease, Optional<RunId> _) -> begin(request, lease);
    };
  }

  private CompletableFuture<RunOutcome> begin(RunRequest request, Lease lease) {
    Instant now = clock.instant();
    SyncRun line =
        SyncRun.starting(lease.run(), lease.job(), request.trigger(), now, Optional.empty());
    database.runs().started(line);
    begun.computeIfAbsent(lease.job(), _ -> new ArrayList<>()).add(now);
    var run =
        new Run(
            line,
            lease,
            now.plus(lasts.getOrDefault(lease.job(), Duration.ofSeconds(1))),
            new CompletableFuture<>());
    underWay.add(run);
    if (request.scope() instanceof RunRequest.Scope.Full) {
      full.computeIfAbsent(lease.job(), _ -> new ArrayList<>()).add(now);
    }
    return run.end();
  }

  /// Ends what has lasted long enough, and renews the leases of the rest.
  void pass() {
    for (Run run : List.copyOf(underWay)) {
      if (!run.ends().isAfter(clock.instant())) {
        Optional<String> error = Optional.ofNullable(failing.get(run.lease().job()));
        end(run, error.isPresent() ? RunStatus.FAILED : RunStatus.SUCCESS, error);
      } else {
        var _ = database.leases().renew(run.lease(), LEASE);
      }
    }
  }

  void cancelAll() {
    List.copyOf(underWay).forEach(run -> end(run, RunStatus.CANCELLED, Optional.empty()));
  }

  private void end(Run run, RunStatus status, Optional<String> error) {
    underWay.remove(run);
    RunId id = run.lease().run();
    database.runs().finished(ended(run.line(), status, error));
    database.leases().release(run.lease());
    run.end()
        .complete(
            switch (status) {
              case SUCCESS -> new RunOutcome.Completed(id, RunTally.zero(), Optional.empty());
              case CANCELLED -> new RunOutcome.Cancelled(id, RunTally.zero());
              default ->
                  new RunOutcome.Failed(
                      Optional.of(id), FailureKind.SOURCE, error.orElse(""), RunTally.zero());
            });
  }

  private SyncRun ended(SyncRun line, RunStatus status, Optional<String> error) {
    return new SyncRun(
        line.id(),
        line.job(),
        line.trigger(),
        status,
        line.startedAt(),
        Optional.of(clock.instant()),
        RunTally.zero(),
        1,
        Optional.empty(),
        Optional.empty(),
        error);
  }
}
