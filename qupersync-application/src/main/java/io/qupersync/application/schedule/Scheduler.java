package io.qupersync.application.schedule;

import io.qupersync.application.port.ScheduleStore;
import io.qupersync.application.port.ScheduleStore.Claim;
import io.qupersync.application.port.ScheduleStore.JobSchedule;
import io.qupersync.application.port.ScheduleStore.ScheduleSnapshot;
import io.qupersync.application.port.SyncFailure;
import io.qupersync.application.sync.JobDefinitions;
import io.qupersync.application.sync.RunObserver;
import io.qupersync.application.sync.RunObservers;
import io.qupersync.application.sync.RunRequest;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.JobRegistry;
import io.qupersync.domain.job.Schedule;
import io.qupersync.domain.run.RunOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts runs when they are due. Each look at the store finds what is due, in order of time, and
/// starts as much of it as there is room for; what waits, waits in the store, so nothing here
/// grows. Several instances do so side by side: whoever claims a due run starts it.
///
/// [#look] and [#keepClaims] are called by one thread; runs end on threads of their own.
public final class Scheduler {

  private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);

  /// Before a run that could not even begin is tried again.
  private static final Duration HOLD_OFF = Duration.ofSeconds(30);

  /// Starts runs, each on a thread of its own.
  public interface Starter {

    RunStart start(RunRequest request);

    /// How many runs of this process are under way, also those that someone asked for.
    int underWay();
  }

  private final JobDefinitions jobs;
  private final SchedulerPorts ports;
  private final Starter starter;
  private final DueTimes times;
  private final SchedulePlanner schedulePlanner;
  private final JobDependencies jobDependencies;
  private final Misfires misfires;
  private final Claims claims;
  private final RunObserver observer;
  private final Map<JobId, Instant> heldOff = new ConcurrentHashMap<>();
  private volatile SchedulerSettings settings;
  private volatile Runnable wake = () -> {};
  private volatile boolean stopping;
  private volatile Map<JobId, Instant> waiting = new HashMap<>();
  private boolean storeIsAway;
  private Optional<Instant> lookedAt = Optional.empty();

  /// @param claimTtl how long after this process died another may take over its due runs
  public Scheduler(
      JobDefinitions jobs,
      SchedulerPorts ports,
      SchedulerSettings settings,
      Duration claimTtl,
      Starter starter) {
    this.jobs = jobs;
    this.ports = ports;
    this.settings = settings;
    this.starter = starter;
    this.times = new DueTimes(ports.timetable());
    this.schedulePlanner = new SchedulePlanner(ports.schedules(), times);
    this.jobDependencies = new JobDependencies(ports.schedules(), ports.runs());
    this.observer = RunObservers.all(ports.observer());
    this.misfires = new Misfires(ports, observer, times);
    this.claims = new Claims(ports.schedules(), claimTtl);
  }

  /// From the next look on.
  public void use(SchedulerSettings changed) {
    settings = changed;
  }

  /// @param whenRoom called when a run has ended, by its thread
  public void wakeBy(Runnable whenRoom) {
    wake = whenRoom;
  }

  /// Starts no run any more. Those under way go on.
  public void takeNoMore() {
    stopping = true;
  }

  /// How many scheduled runs of this process are under way.
  public int underWay() {
    return claims.underWay();
  }

  /// How many runs were due at the last look and had to wait.
  public int waiting() {
    return waiting.size();
  }

  Claims claims() {
    return claims;
  }

  /// Finds what is due and starts it. A store that is away is told of once, and looked for again.
  public void look() {
    try {
      claims.sayAgain();
      if (!stopping) {
        look(ports.schedules());
        observer.looked();
      }
      if (storeIsAway) {
        LOG.info("the target is back, due runs begin again");
        storeIsAway = false;
      }
    } catch (SyncFailure failure) {
      if (!storeIsAway) {
        LOG.warn("no run begins until the target is back: {}", failure.getMessage());
        storeIsAway = true;
      }
    }
  }

  /// Prolongs the claims of the runs under way; three times before they would expire.
  public void keepClaims() {
    claims.renew();
  }

  private void look(ScheduleStore store) {
    JobRegistry known = jobs.current();
    schedulePlanner.plan(known, store.look());
    ScheduleSnapshot scheduleSnapshot = store.look();
    jobDependencies.planFollowers(known, scheduleSnapshot);
    List<DueRun> due = schedulePlanner.due(known, scheduleSnapshot);
    var stillWaiting = new HashMap<JobId, Instant>();
    for (DueRun run : due) {
      if (isHeldOff(run, scheduleSnapshot.now()) || !begins(run, scheduleSnapshot)) {
        stillWaiting.put(run.key(), run.due());
      }
    }
    waiting = stillWaiting;
    lookedAt = Optional.of(scheduleSnapshot.now());
  }

  private boolean isHeldOff(DueRun run, Instant now) {
    Instant until = heldOff.get(run.key());
    if (until != null && !until.isAfter(now)) {
      heldOff.remove(run.key());
    }
    return until != null && until.isAfter(now);
  }

  /// @return false for a run that has to wait
  private boolean begins(DueRun run, ScheduleSnapshot scheduleSnapshot) {
    return switch (jobDependencies.on(run, scheduleSnapshot)) {
      case JobDependencies.Verdict.Wait _ -> false;
      case JobDependencies.Verdict.LeaveOut(String why) -> {
        misfires.leaveOut(run, scheduleSnapshot.now(), why);
        yield true;
      }
      case JobDependencies.Verdict.Ready(Instant since) ->
          begin(run.readyFrom(since), scheduleSnapshot);
    };
  }

  private boolean begin(DueRun run, ScheduleSnapshot scheduleSnapshot) {
    if (isTooLate(run, scheduleSnapshot.now())) {
      if (run.due().equals(waiting.get(run.key()))) {
        misfires.waitsForItsTurn(run, scheduleSnapshot.now(), settings);
      } else if (!misfires.didNotBegin(run, scheduleSnapshot.now(), absence(run))) {
        return true;
      }
    }
    if (!hasRoom()) {
      return false;
    }
    ports
        .schedules()
        .claim(run.key(), run.due(), ports.owner(), claims.ttl())
        .ifPresent(claim -> start(run, claim, scheduleSnapshot.now()));
    return true;
  }

  /// Since when the store was away, where that is why the run did not begin: this process was
  /// there.
  private Optional<Instant> absence(DueRun run) {
    return lookedAt.filter(last -> storeIsAway && !run.start().isBefore(last));
  }

  private boolean isTooLate(DueRun run, Instant now) {
    return !run.standing().misfired()
        && !run.isInterrupted()
        && run.lateness(now).compareTo(settings.misfireGrace()) > 0;
  }

  private boolean hasRoom() {
    int scheduled = claims.underWay();
    return scheduled < settings.maxConcurrentRuns()
        && Math.max(scheduled, starter.underWay()) < settings.maxSourceConnections();
  }

  private void start(DueRun run, Claim claim, Instant begun) {
    claims.add(claim);
    switch (starter.start(run.request())) {
      case RunStart.Started(CompletableFuture<RunOutcome> end) -> {
        CompletableFuture<?> _ =
            end.whenComplete((outcome, defect) -> ended(run, claim, begun, outcome, defect));
      }
      case RunStart.ShuttingDown() -> {
        LOG.debug("job={} is left to whoever comes next: this process ends", run.id());
        claims.end(claim, ports.schedules()::release);
      }
    }
  }

  private void ended(
      DueRun run,
      Claim claim,
      Instant begun,
      @Nullable RunOutcome outcome,
      @Nullable Throwable defect) {
    if (outcome == null) {
      LOG.error("job={} its run met a defect", run.id(), defect);
    }
    claims.end(claim, lastWord(run, begun, Optional.ofNullable(outcome)));
    wake.run();
  }

  private Claims.LastWord lastWord(DueRun run, Instant begun, Optional<RunOutcome> outcome) {
    ScheduleStore store = ports.schedules();
    if (outcome.isEmpty() || neverBegan(outcome.get())) {
      boolean busy = outcome.filter(RunOutcome.AlreadyRunning.class::isInstance).isPresent();
      if (!busy) {
        heldOff.put(run.key(), begun.plus(HOLD_OFF));
      }
      return store::release;
    }
    if (stopping && outcome.get() instanceof RunOutcome.Cancelled) {
      return store::giveUp;
    }
    boolean isCopied = outcome.get() instanceof RunOutcome.Completed;
    return claim -> {
      if (run.isFull() && isCopied) {
        leaveOutOrdinary(run, begun);
      }
      boolean _ =
          store.complete(claim, times.afterRun(run.schedule(), run.due(), begun, store.now()));
    };
  }

  /// An ordinary run that was due when a full one began would read nothing that this has not read.
  private void leaveOutOrdinary(DueRun full, Instant begun) {
    ScheduleStore store = ports.schedules();
    JobSchedule ordinary = store.look().of(full.id());
    Schedule schedule = SchedulePlanner.inForce(full.job(), ordinary);
    Optional<Instant> due = ordinary.due().filter(at -> !at.isAfter(begun));
    if (due.isPresent() && ordinary.plan().equals(Optional.of(schedule))) {
      boolean _ =
          store.plan(
              full.id(), due, schedule, times.afterRun(schedule, due.get(), begun, store.now()));
    }
  }

  private static boolean neverBegan(RunOutcome outcome) {
    return switch (outcome) {
      case RunOutcome.AlreadyRunning _ -> true;
      case RunOutcome.Failed failed -> failed.run().isEmpty();
      case RunOutcome.Completed _, RunOutcome.Cancelled _ -> false;
    };
  }
}
