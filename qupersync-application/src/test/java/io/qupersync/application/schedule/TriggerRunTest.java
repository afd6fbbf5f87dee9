package io.qupersync.application.schedule;

import static io.qupersync.application.testkit.Columns.columns;
import static io.qupersync.application.testkit.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qupersync.application.port.TransientFailure;
import io.qupersync.application.sync.RunObserver;
import io.qupersync.application.sync.RunRequest;
import io.qupersync.application.testkit.FaultPlan;
import io.qupersync.application.testkit.InlineBatchPipeline;
import io.qupersync.application.testkit.SyncWorld;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.domain.run.RunStatus;
import io.qupersync.domain.run.SyncRun;
import io.qupersync.domain.run.Trigger;
import io.qupersync.domain.table.TableRef;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class TriggerRunTest {

  private static final Duration LONG = Duration.ofSeconds(50);

  private final SyncWorld world = new SyncWorld(new InlineBatchPipeline());
  private final SyncJob orders = aJob().build();
  private final RunExecutor ongoing = new RunExecutor();
  private final Gate gate = new Gate();

  @BeforeEach
  void ordersAtTheSource() {
    world.warehouse().create(TableRef.of("public", "orders"), columns("id", "bigint"));
    world.warehouse().insert(TableRef.of("public", "orders"), 1L);
  }

  @Test
  void returns_once_the_run_is_in_the_run_log_and_lets_it_go_on() throws Exception {
    world.let(gate);

    TriggerResult.Started started = (TriggerResult.Started) trigger();

    assertThat(world.database().runs().find(started.run()))
        .map(SyncRun::status)
        .contains(RunStatus.RUNNING);
    assertThat(started.end()).isNotDone();
    gate.open();
    assertThat(started.end().get()).isInstanceOf(RunOutcome.Completed.class);
    assertThat(ongoing.awaitEnd(LONG)).isZero();
  }

  @Test
  void names_the_run_that_is_under_way_already() throws Exception {
    world.let(gate);
    RunId first = ((TriggerResult.Started) trigger()).run();

    assertThat(trigger()).isEqualTo(new TriggerResult.AlreadyRunning(first));

    gate.open();
    assertThat(ongoing.awaitEnd(LONG)).isZero();
  }

  @Test
  void whoever_hears_of_the_end_of_a_run_may_run_the_job_again() throws Exception {
    var again = new CompletableFuture<TriggerResult>();
    RunObserver impatient =
        new RunObserver() {
          @Override
          public void ended(JobId job, RunId run, RunOutcome outcome) {
            if (!again.isDone()) {
              again.complete(trigger());
            }
          }
        };

    world
        .trigger(orders, impatient, ongoing)
        .trigger(RunRequest.ordinary(orders.id(), Trigger.API));

    assertThat(again.get()).isInstanceOf(TriggerResult.Started.class);
    assertThat(ongoing.awaitEnd(LONG)).isZero();
  }

  @Test
  void says_why_there_is_no_run() {
    world.let(
        new FaultPlan() {
          @Override
          public void before(Call call) {
            if (call == Call.NEXT_RUN) {
              throw new TransientFailure(FailureKind.UNREACHABLE, "cannot number a run: gone");
            }
          }
        });

    assertThat(trigger())
        .isEqualTo(new TriggerResult.Refused(FailureKind.UNREACHABLE, "cannot number a run: gone"));
  }

  @ParameterizedTest
  @MethodSource("defects")
  void tells_of_a_defect_that_there_was_one_and_no_more(RuntimeException defect) {
    world.let(
        new FaultPlan() {
          @Override
          public void before(Call call) {
            if (call == Call.NEXT_RUN) {
              throw defect;
            }
          }
        });

    assertThat(trigger())
        .isEqualTo(
            new TriggerResult.Refused(
                FailureKind.INTERNAL,
                "a defect in QuperSync, which the log describes; please report it"));
  }

  /// None of them means that the service stops.
  static Stream<RuntimeException> defects() {
    return Stream.of(
        new UnsupportedOperationException("select secret from vault"),
        new IllegalStateException("select secret from vault"));
  }

  @Test
  void knows_when_there_is_no_such_job() {
    var other = RunRequest.ordinary(aJob().named("nobody").build().id(), Trigger.API);

    assertThatThrownBy(() -> world.trigger(orders, RunObserver.NONE, ongoing).trigger(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no job 'nobody'");
  }

  @Test
  void takes_no_run_when_the_service_is_stopping() {
    ongoing.takeNoMore();

    assertThat(trigger())
        .isEqualTo(
            new TriggerResult.Refused(
                FailureKind.UNREACHABLE, "the service is stopping and takes no new run"));
  }

  @Test
  void whoever_stops_waits_for_the_runs_under_way_but_not_for_ever() throws Exception {
    world.let(gate);
    trigger();

    assertThat(ongoing.awaitEnd(Duration.ofMillis(1))).isEqualTo(1);

    gate.open();
    assertThat(ongoing.awaitEnd(LONG)).isZero();
  }

  private TriggerResult trigger() {
    return world
        .trigger(orders, RunObserver.NONE, ongoing)
        .trigger(RunRequest.ordinary(orders.id(), Trigger.API));
  }

  /// Holds a run before it opens the source.
  private static final class Gate implements FaultPlan {

    private final CountDownLatch opened = new CountDownLatch(1);

    void open() {
      opened.countDown();
    }

    @Override
    public void before(Call call) {
      if (call == Call.OPEN) {
        try {
          opened.await();
        } catch (InterruptedException stopped) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException(stopped);
        }
      }
    }
  }
}
