package io.qupersync.application.sync;

import static io.qupersync.application.testkit.Columns.columns;
import static io.qupersync.application.testkit.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.port.TransientFailure;
import io.qupersync.application.testkit.FaultPlan;
import io.qupersync.application.testkit.FaultPlan.Call;
import io.qupersync.application.testkit.InlineBatchPipeline;
import io.qupersync.application.testkit.JobFixture;
import io.qupersync.application.testkit.SyncWorld;
import io.qupersync.domain.job.RetryPolicy;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.domain.table.TableRef;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

/// `max_retries: 3` is four tries in all, wherever a run fails and however its steps are nested.
class RetryBudgetStoryTest {

  private static final TableRef SOURCE = TableRef.of("public", "orders");
  private static final int MAX_RETRIES = 3;

  private final SyncWorld world = new SyncWorld(new InlineBatchPipeline());
  private final Map<Call, Integer> calls = new EnumMap<>(Call.class);
  private final Map<Call, Integer> failures = new EnumMap<>(Call.class);

  @BeforeEach
  void threeOrders() {
    world.warehouse().create(SOURCE, columns("id", "bigint", "updated_at", "timestamp"));
    for (long id = 1; id <= 3; id++) {
      world
          .warehouse()
          .insert(SOURCE, id, LocalDateTime.parse("2026-03-02T07:00:00").plusMinutes(id));
    }
  }

  /// The guard renews a lease, and a lease that cannot be given back expires.
  @ParameterizedTest
  @EnumSource(
      value = Call.class,
      mode = Mode.EXCLUDE,
      names = {"RENEW", "RELEASE"})
  void what_fails_for_ever_is_tried_as_often_as_allowed_and_no_more(Call broken) {
    for (JobFixture job : jobs().toList()) {
      calls.clear();
      failures.clear();
      world.let(failing((call, _) -> call == broken));

      var _ = world.run(job.build());

      assertThat(failures.getOrDefault(broken, 0)).isIn(0, MAX_RETRIES + 1);
    }
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void a_source_and_a_target_that_fail_in_turns_share_the_retries_of_the_run(JobFixture job) {
    world.let(failing((call, nth) -> call == Call.OPEN && nth % 2 == 1 || call == Call.COMMIT));

    assertThat(world.run(job.build())).isInstanceOf(RunOutcome.Failed.class);

    assertThat(failures.values().stream().mapToInt(Integer::intValue).sum())
        .isEqualTo(MAX_RETRIES + 1);
    assertThat(calls.get(Call.OPEN)).isLessThanOrEqualTo(MAX_RETRIES + 1);
  }

  @ParameterizedTest
  @MethodSource("jobs")
  void a_source_that_is_lost_at_the_same_place_each_time_is_not_read_for_ever(JobFixture job) {
    world.let(failing((call, nth) -> call == Call.NEXT && nth % 2 == 0));

    RunOutcome outcome = world.run(job.unordered().build());

    assertThat(outcome).isInstanceOf(RunOutcome.Failed.class);
    assertThat(calls.get(Call.OPEN)).isEqualTo(MAX_RETRIES + 1);
  }

  @Test
  void each_batch_that_is_committed_gives_back_what_it_cost() {
    world.let(failing((call, nth) -> call == Call.COMMIT && nth % 3 != 0));

    assertThat(world.run(incremental().build())).isInstanceOf(RunOutcome.Completed.class);

    assertThat(failures.get(Call.COMMIT)).isEqualTo(6);
  }

  @Test
  void a_source_that_is_lost_again_and_again_is_read_to_its_end_as_long_as_it_comes_further() {
    for (long id = 4; id <= 12; id++) {
      world
          .warehouse()
          .insert(SOURCE, id, LocalDateTime.parse("2026-03-02T07:00:00").plusMinutes(id));
    }
    world.let(failing((call, nth) -> call == Call.NEXT && nth % 3 == 0));

    assertThat(world.run(incremental().build())).isInstanceOf(RunOutcome.Completed.class);

    assertThat(failures.get(Call.NEXT)).isGreaterThan(MAX_RETRIES);
  }

  @Test
  void the_end_of_a_run_that_spent_all_its_retries_is_still_written() {
    world.let(
        failing(
            (call, nth) -> call == Call.COMMIT || call == Call.RUN_FINISHED && nth <= MAX_RETRIES));

    assertThat(world.run(incremental().build())).isInstanceOf(RunOutcome.Failed.class);

    assertThat(calls.get(Call.RUN_FINISHED)).isEqualTo(MAX_RETRIES + 1);
  }

  static Stream<JobFixture> jobs() {
    return Stream.of(incremental(), aJob().batchesOf(1).retrying(retries()), mirror());
  }

  private static JobFixture incremental() {
    return aJob()
        .incremental()
        .watermarkedOn("updated_at")
        .batchesOf(1)
        .committing(1)
        .retrying(retries());
  }

  private static JobFixture mirror() {
    return aJob().mirroring().batchesOf(1).retrying(retries());
  }

  private static RetryPolicy retries() {
    return new RetryPolicy(MAX_RETRIES, Duration.ofMillis(1), Duration.ofMillis(1));
  }

  private interface Weather {
    boolean breaks(Call call, int nth);
  }

  private FaultPlan failing(Weather weather) {
    return new FaultPlan() {
      @Override
      public synchronized void before(Call call) {
        int nth = calls.merge(call, 1, Integer::sum);
        if (weather.breaks(call, nth)) {
          failures.merge(call, 1, Integer::sum);
          throw new TransientFailure(FailureKind.UNREACHABLE, call + " was lost");
        }
      }
    };
  }
}
