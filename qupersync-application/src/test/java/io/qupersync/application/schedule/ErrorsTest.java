package io.qupersync.application.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.testkit.SettableClock;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.Schedule;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.domain.run.RunTally;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Errors of the virtual machine on the threads that start and count runs.
@Timeout(60)
class ErrorsTest {

  private final RunExecutor ongoing = new RunExecutor();

  @Test
  void a_run_that_throws_an_error_has_ended_for_all_who_wait_for_it() throws Exception {
    var start =
        (RunStart.Started)
            ongoing.start(
                "run",
                () -> {
                  throw new NoClassDefFoundError("gone");
                });

    assertThat(ongoing.awaitEnd(Duration.ofSeconds(30))).isZero();
    assertThat(start.end())
        .failsWithin(Duration.ofSeconds(30))
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(NoClassDefFoundError.class);
  }

  @Test
  void the_scheduler_goes_on_after_an_error_of_one_look() throws Exception {
    SettableClock clock = SettableClock.atSomeMorning();
    var world = new ScheduledWorld();
    var again = new CountDownLatch(2);
    try (var keeper =
        SchedulerLoop.start(
            world.start("a").scheduler(),
            world.database().runs(),
            world.database().schedules(),
            () -> Duration.ofDays(1),
            clock)) {
      keeper.alsoEvery(
          Duration.ofMillis(1),
          () -> {
            again.countDown();
            throw new NoClassDefFoundError("gone");
          });

      assertThat(again.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void a_due_run_that_meets_an_error_gives_its_claim_back() {
    var world = new ScheduledWorld();
    JobId orders = world.job("orders", new Schedule.Every(Duration.ofMinutes(1)));
    var instance = world.start("a");
    instance.runs().breakDown(new NoClassDefFoundError("gone"));

    world.pass(Duration.ofSeconds(1));
    assertThat(instance.scheduler().underWay()).isZero();
    instance.runs().recover();
    world.pass(Duration.ofMinutes(1));

    assertThat(instance.runs().begun(orders)).isNotEmpty();
  }

  @Test
  void a_run_that_ends_well_counts_as_ended() throws Exception {
    var outcome = new RunOutcome.Completed(new RunId(1), RunTally.zero(), Optional.empty());

    var start = (RunStart.Started) ongoing.start("run", () -> outcome);

    assertThat(start.end().get(30, TimeUnit.SECONDS)).isEqualTo(outcome);
    assertThat(ongoing.awaitEnd(Duration.ofSeconds(30))).isZero();
  }

  @Test
  void a_scheduler_that_is_stuck_is_known_by_its_silence() throws Exception {
    SettableClock clock = SettableClock.atSomeMorning();
    var world = new ScheduledWorld();
    var stuck = new CountDownLatch(1);
    var free = new CountDownLatch(1);
    try (var keeper =
        SchedulerLoop.start(
            world.start("a").scheduler(),
            world.database().runs(),
            world.database().schedules(),
            () -> Duration.ofDays(1),
            clock)) {
      keeper.alsoEvery(
          Duration.ofMillis(1),
          () -> {
            stuck.countDown();
            try {
              boolean _ = free.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException _) {
              Thread.currentThread().interrupt();
            }
          });
      assertThat(stuck.await(30, TimeUnit.SECONDS)).isTrue();
      Duration before = keeper.silence();
      clock.tick(Duration.ofMinutes(1));

      assertThat(keeper.silence()).isGreaterThan(before);
      free.countDown();
    }
  }
}
