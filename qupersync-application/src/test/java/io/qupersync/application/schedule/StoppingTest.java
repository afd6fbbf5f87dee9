package io.qupersync.application.schedule;

import static io.qupersync.application.testkit.Columns.columns;
import static io.qupersync.application.testkit.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.port.LeaseStore.Attempt;
import io.qupersync.application.port.ScheduleStore.Taken;
import io.qupersync.application.sync.JobDefinitions;
import io.qupersync.application.sync.RunObserver;
import io.qupersync.application.sync.RunRequest;
import io.qupersync.application.testkit.DailyTimetable;
import io.qupersync.application.testkit.FaultPlan;
import io.qupersync.application.testkit.FaultPlan.Call;
import io.qupersync.application.testkit.InlineBatchPipeline;
import io.qupersync.application.testkit.SyncWorld;
import io.qupersync.domain.job.JobRegistry;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.domain.job.Schedule;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.domain.run.Trigger;
import io.qupersync.domain.table.TableRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Runs that begin while the service stops: an answer, and no failure.
class StoppingTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final SyncWorld world = new SyncWorld(new InlineBatchPipeline());
  private final SyncJob orders = aJob().on(new Schedule.Every(Duration.ofMinutes(1))).build();
  private final RunExecutor ongoing = new RunExecutor();

  @BeforeEach
  void oneOrder() {
    world.warehouse().create(TableRef.of("public", "orders"), columns("id", "bigint"));
    world.warehouse().insert(TableRef.of("public", "orders"), 1L);
  }

  @Test
  void a_due_run_that_meets_a_service_about_to_end_is_as_due_as_before() throws Exception {
    Scheduler scheduler = scheduler();
    ongoing.takeNoMore();

    scheduler.look();

    assertThat(scheduler.underWay()).isZero();
    assertThat(world.database().schedules().look().of(orders.id()).taken()).isEqualTo(Taken.NOT);
  }

  /// A run is under way and the service stops just before this call of it: that run goes on, and
  /// another wish is answered.
  @ParameterizedTest
  @EnumSource(Call.class)
  void at_every_instant_of_a_run_a_stop_is_an_answer(Call instant) throws Exception {
    var answers = new ArrayList<TriggerResult>();
    world.let(
        new FaultPlan() {
          @Override
          public void before(Call call) {
            if (call == instant && answers.isEmpty()) {
              ongoing.takeNoMore();
              answers.add(trigger());
            }
          }
        });

    TriggerResult first = trigger();

    assertThat(first)
        .isInstanceOfSatisfying(
            TriggerResult.Started.class,
            started -> assertThat(started.end().join()).isInstanceOf(RunOutcome.Completed.class));
    assertThat(ongoing.awaitEnd(LONG)).isZero();
    assertThat(answers)
        .allMatch(
            new TriggerResult.Refused(
                    FailureKind.UNREACHABLE, "the service is stopping and takes no new run")
                ::equals);
  }

  @Test
  void whoever_wishes_for_runs_while_the_service_stops_gets_an_answer_each_time() throws Exception {
    var wishes = new ArrayList<CompletableFuture<List<TriggerResult>>>();
    for (int i = 0; i < 8; i++) {
      wishes.add(
          CompletableFuture.supplyAsync(
              () -> {
                var heard = new ArrayList<TriggerResult>();
                do {
                  heard.add(trigger());
                } while (!(heard.getLast() instanceof TriggerResult.Refused));
                return heard;
              },
              work -> Thread.ofVirtual().start(work)));
    }

    ongoing.takeNoMore();

    for (CompletableFuture<List<TriggerResult>> wish : wishes) {
      assertThat(wish.get(30, TimeUnit.SECONDS))
          .allSatisfy(heard -> {
            switch (heard) {
              case TriggerResult.Started started ->
                  assertThat(started.end().get(30, TimeUnit.SECONDS))
                      .isInstanceOf(RunOutcome.Completed.class);
              case TriggerResult.AlreadyRunning _ -> {}
              case TriggerResult.Refused refused ->
                  assertThat(refused.kind()).isEqualTo(FailureKind.UNREACHABLE);
            }
          });
    }
    assertThat(ongoing.awaitEnd(LONG)).isZero();
    assertThat(
            world
                .database()
                .leases()
                .acquire(orders.id(), world.database().runs().nextId(), "next", LONG))
        .isInstanceOf(Attempt.Granted.class);
  }

  private Scheduler scheduler() {
    var jobs = new JobDefinitions(new JobRegistry(List.of(JobVariants.same(orders))));
    return new Scheduler(
        jobs,
        new SchedulerPorts(
            world.database().schedules(),
            world.database().runs(),
            new DailyTimetable(),
            RunObserver.NONE,
            "a"),
        new SchedulerSettings(Duration.ofMinutes(1), 8, 8),
        LONG,
        world.ownRuns(orders, ongoing));
  }

  private TriggerResult trigger() {
    return world
        .trigger(orders, RunObserver.NONE, ongoing)
        .trigger(RunRequest.ordinary(orders.id(), Trigger.API));
  }
}
