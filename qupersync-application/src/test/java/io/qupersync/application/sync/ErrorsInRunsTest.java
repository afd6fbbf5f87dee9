package io.qupersync.application.sync;

import static io.qupersync.application.testkit.Columns.columns;
import static io.qupersync.application.testkit.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.qupersync.application.port.LeaseStore.Attempt;
import io.qupersync.application.port.RunLog;
import io.qupersync.application.testkit.FaultPlan;
import io.qupersync.application.testkit.FaultPlan.Call;
import io.qupersync.application.testkit.SyncWorld;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.domain.run.RunStatus;
import io.qupersync.domain.run.RunTally;
import io.qupersync.domain.run.SyncRun;
import io.qupersync.domain.table.TableRef;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// An `Error` in a run, at any call: the run fails with a reason and lets go of its job.
class ErrorsInRunsTest {

  private static final TableRef SOURCE = TableRef.of("public", "orders");
  private static final Duration TTL = Duration.ofMinutes(1);

  /// Without a run there is nothing that could fail, and the end of a run cannot tell of itself.
  private static final Set<Call> OUTSIDE =
      EnumSet.of(
          Call.NEXT_RUN,
          Call.ACQUIRE,
          Call.RENEW,
          Call.RELEASE,
          Call.LOAD_PROGRESS,
          Call.RUN_STARTED,
          Call.RUN_FINISHED);

  private final SyncWorld world = new SyncWorld(new QueuedBatchPipeline(1_000_000));
  private final SyncJob orders = aJob().mirroring().batchesOf(1).build();

  @BeforeEach
  void threeOrders() {
    world.warehouse().create(SOURCE, columns("id", "bigint"));
    for (long id = 1; id <= 3; id++) {
      world.warehouse().insert(SOURCE, id);
    }
  }

  static Stream<Supplier<Error>> defects() {
    return Stream.of(
        () -> new StackOverflowError("select secret"),
        () -> new NoClassDefFoundError("select secret"),
        () -> new ExceptionInInitializerError("select secret"),
        () -> new AssertionError("select secret"));
  }

  @ParameterizedTest
  @MethodSource("defects")
  void a_run_that_meets_an_error_fails_with_a_reason_and_the_next_one_succeeds(
      Supplier<Error> error) {
    for (Call call : EnumSet.complementOf(EnumSet.copyOf(OUTSIDE))) {
      world.let(throwing(call, error));

      RunOutcome outcome = world.run(orders);

      if (outcome instanceof RunOutcome.Failed failed) {
        assertThat(failed.kind()).isEqualTo(FailureKind.INTERNAL);
        assertThat(failed.reason())
            .as("%s", call)
            .contains(error.get().getClass().getSimpleName(), "please report it")
            .doesNotContain("secret");
        assertThat(lastRun().status()).isEqualTo(RunStatus.FAILED);
      }
      world.letAllBeWell();
      assertThat(world.run(orders)).as("%s", call).isInstanceOf(RunOutcome.Completed.class);
    }
  }

  @ParameterizedTest
  @MethodSource("defects")
  void whatever_an_error_hits_the_lease_is_given_back(Supplier<Error> error) {
    for (Call call : OUTSIDE) {
      world.let(throwing(call, error));

      var _ = catchThrowable(() -> world.run(orders));

      world.letAllBeWell();
      if (call == Call.RELEASE) {
        world.clock().tick(TTL.multipliedBy(2));
      }
      assertThat(lease()).as("%s", call).isInstanceOf(Attempt.Granted.class);
    }
  }

  @ParameterizedTest
  @MethodSource("defects")
  void an_observer_that_meets_an_error_fails_no_run(Supplier<Error> error) {
    world.observe(
        new RunObserver() {
          @Override
          public void started(JobId job, RunId run) {
            throw error.get();
          }

          @Override
          public void progressed(JobId job, RunId run, RunTally soFar) {
            throw error.get();
          }

          @Override
          public void ended(JobId job, RunId run, RunOutcome outcome) {
            throw error.get();
          }
        });

    assertThat(world.run(orders)).isInstanceOf(RunOutcome.Completed.class);
  }

  @Test
  void a_run_that_runs_out_of_memory_is_logged_as_failed_before_it_ends_the_process() {
    for (Call call : EnumSet.complementOf(EnumSet.copyOf(OUTSIDE))) {
      world.let(throwing(call, () -> new OutOfMemoryError("Java heap space")));

      Throwable thrown = catchThrowable(() -> world.run(orders));

      if (thrown != null) {
        assertThat(thrown).as("%s", call).isInstanceOf(OutOfMemoryError.class);
        assertThat(lastRun().status()).isEqualTo(RunStatus.FAILED);
        assertThat(lastRun().error().orElseThrow()).contains("out of memory");
      }
      world.letAllBeWell();
      assertThat(world.run(orders)).as("%s", call).isInstanceOf(RunOutcome.Completed.class);
    }
  }

  private Attempt lease() {
    Attempt attempt =
        world
            .database()
            .leases()
            .acquire(orders.id(), world.database().runs().nextId(), "next", TTL);
    if (attempt instanceof Attempt.Granted granted) {
      world.database().leases().release(granted.lease());
    }
    return attempt;
  }

  private SyncRun lastRun() {
    List<SyncRun> last =
        world
            .database()
            .runs()
            .list(
                new RunLog.Filter(Optional.of(orders.id()), Optional.empty(), Optional.empty(), 1));
    return last.getFirst();
  }

  private static FaultPlan throwing(Call which, Supplier<Error> error) {
    return new FaultPlan() {
      private boolean thrown;

      @Override
      public synchronized void before(Call call) {
        if (call == which && !thrown) {
          thrown = true;
          throw error.get();
        }
      }
    };
  }
}
