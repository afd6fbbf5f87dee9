package io.qupersync.application.schedule;

import io.qupersync.application.port.RunLog;
import io.qupersync.application.port.ScheduleStore;
import io.qupersync.application.port.SyncFailure;
import io.qupersync.domain.run.FatalErrors;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that keeps time: looks for due runs once a second and whenever a run has ended,
/// renews claims, and forgets old runs once a day.
public final class SchedulerLoop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SchedulerLoop.class);
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("scheduler").factory());

  private final InstantSource clock;
  private volatile Instant lastLook;

  private SchedulerLoop(InstantSource clock) {
    this.clock = clock;
    this.lastLook = clock.instant();
  }

  /// @param history how long the run log keeps runs
  public static SchedulerLoop start(
      Scheduler scheduler,
      RunLog runs,
      ScheduleStore store,
      Supplier<Duration> history,
      InstantSource clock) {
    var keeper = new SchedulerLoop(clock);
    scheduler.wakeBy(() -> keeper.soon(scheduler::look));
    keeper.every(LOOK, () -> keeper.look(scheduler));
    keeper.every(scheduler.claims().ttl().dividedBy(3), scheduler::keepClaims);
    keeper.every(Duration.ofDays(1), () -> forget(runs, store, history.get()));
    return keeper;
  }

  private void look(Scheduler scheduler) {
    scheduler.look();
    lastLook = clock.instant();
  }

  /// How long ago the last look for due runs ended, whatever it found: a thread that is stuck looks
  /// no more.
  public Duration silence() {
    return Duration.between(lastLook, clock.instant());
  }

  /// Does one thing more beside, in its own rhythm. It must not take long.
  public void alsoEvery(Duration period, Runnable task) {
    every(period, task);
  }

  private static void forget(RunLog runs, ScheduleStore store, Duration history) {
    try {
      int forgotten = runs.deleteOlderThan(store.now().minus(history));
      if (forgotten > 0) {
        LOG.info("forgot {} runs that are older than {} days", forgotten, history.toDays());
      }
    } catch (SyncFailure failure) {
      LOG.warn("old runs stay in the run log until tomorrow: {}", failure.getMessage());
    }
  }

  private void every(Duration period, Runnable task) {
    var _ =
        thread.scheduleWithFixedDelay(
            () -> guarded(task), 0, period.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void soon(Runnable task) {
    try {
      thread.execute(() -> guarded(task));
    } catch (RejectedExecutionException closed) {
      LOG.debug("a run ended after the scheduler was closed");
    }
  }

  /// A defect must not keep all later runs from beginning.
  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error defect) {
      FatalErrors.passOn(defect);
      LOG.error("the scheduler met a defect", defect);
    }
  }

  /// Looks no more and renews no more.
  @Override
  public void close() {
    thread.shutdownNow();
  }
}
