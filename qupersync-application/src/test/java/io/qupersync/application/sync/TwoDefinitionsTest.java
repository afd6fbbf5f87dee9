package io.qupersync.application.sync;

import static io.qupersync.application.testkit.Columns.at;
import static io.qupersync.application.testkit.Columns.columns;
import static io.qupersync.application.testkit.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.port.RunLog;
import io.qupersync.application.testkit.InlineBatchPipeline;
import io.qupersync.application.testkit.JobFixture;
import io.qupersync.application.testkit.SyncWorld;
import io.qupersync.domain.job.ConflictPolicy;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.JobRegistry;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.domain.job.Schedule;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.domain.run.Trigger;
import io.qupersync.domain.table.TableRef;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Two instances whose files define one job differently.
class TwoDefinitionsTest {

  private static final TableRef SOURCE = TableRef.of("public", "orders");
  private static final JobId ORDERS = new JobId("orders");

  private final SyncWorld world = new SyncWorld(new InlineBatchPipeline());
  private final Instance one = new Instance("host-one");
  private final Instance two = new Instance("host-two");

  /// A process, and what its file says of the job.
  private final class Instance {

    private final JobDefinitions definitions = new JobDefinitions(new JobRegistry(List.of()));
    private final RunSyncJob runs;

    Instance(String name) {
      this.runs = world.instance(name, definitions);
    }

    Instance reading(JobFixture job) {
      SyncJob built = job.build();
      definitions.replace(new JobRegistry(List.of(JobVariants.same(built))));
      return this;
    }

    RunOutcome run() {
      return run(new RunRequest.Scope.Ordinary());
    }

    RunOutcome run(RunRequest.Scope scope) {
      world.clock().tick(Duration.ofMinutes(1));
      return runs.run(new RunRequest(ORDERS, Trigger.CLI, scope));
    }
  }

  @BeforeEach
  void begin() {
    world
        .warehouse()
        .create(
            SOURCE, columns("id", "bigint", "name", "text", "seq", "bigint", "at", "timestamp"));
    world.warehouse().insert(SOURCE, 1L, "a", 1L, at("07:00:00"));
  }

  private static JobFixture orders() {
    return aJob()
        .named("orders")
        .from(SOURCE)
        .into(TableRef.of("analytics", "orders"))
        .keyedOn("id")
        .upserting();
  }

  static Stream<Arguments> differences() {
    return Stream.of(
        difference("conflict", job -> job.onConflict(new ConflictPolicy.LatestWins("seq"))),
        difference("update_columns", job -> job.updatingOnly("name")),
        difference("required", job -> job.requiring("name")),
        difference("type", job -> job.typing("seq", "text")),
        difference("mode", JobFixture::mirroring),
        difference("key", job -> job.keyedOn("id", "seq")),
        difference("stamps", job -> job.stampingTime("copied_at")),
        difference("target", job -> job.into(TableRef.of("analytics", "others"))));
  }

  private static Arguments difference(String said, UnaryOperator<JobFixture> change) {
    return Arguments.of(said, change);
  }

  @ParameterizedTest
  @MethodSource("differences")
  void the_one_whose_definition_was_overruled_stops_and_names_both(
      String said, UnaryOperator<JobFixture> change) {
    one.reading(orders());
    two.reading(change.apply(orders()));
    completed(one.run());
    completed(two.run());

    RunOutcome stopped = one.run();

    assertThat(stopped)
        .isInstanceOfSatisfying(
            RunOutcome.Failed.class,
            failed -> {
              assertThat(failed.kind()).isEqualTo(FailureKind.DEFINITION);
              assertThat(failed.reason())
                  .contains("host-one", "host-two", said, "run orders --full");
            });
    completed(two.run());
  }

  @Test
  void the_newer_definition_is_said_to_differ_from_the_former() {
    one.reading(orders());
    two.reading(orders().requiring("name"));
    completed(one.run());

    completed(two.run());

    assertThat(remark()).hasValueSatisfying(text -> assertThat(text).contains("host-one"));
  }

  @Test
  void files_that_are_brought_in_line_need_nothing_more() {
    one.reading(orders());
    two.reading(orders().requiring("name"));
    completed(one.run());
    completed(two.run());

    one.reading(orders().requiring("name"));

    completed(one.run());
    completed(two.run());
    completed(one.run());
  }

  @Test
  void a_definition_that_both_are_given_one_after_the_other_stops_neither() {
    one.reading(orders());
    two.reading(orders());
    completed(one.run());
    completed(two.run());

    two.reading(orders().requiring("name"));
    completed(two.run());
    one.reading(orders().requiring("name"));

    completed(one.run());
    completed(two.run());
  }

  @Test
  void what_does_not_change_what_is_written_is_no_difference() {
    one.reading(orders());
    two.reading(orders().batchesOf(2).on(new Schedule.Manual()).rejectingAtMost(7));
    completed(one.run());
    completed(two.run());

    completed(one.run());
    assertThat(remark()).isEmpty();
  }

  @Test
  void a_full_run_makes_its_definition_the_one_that_counts() {
    one.reading(orders());
    two.reading(orders().requiring("name"));
    completed(one.run());
    completed(two.run());

    completed(one.run(new RunRequest.Scope.Full()));

    completed(one.run());
    assertThat(two.run()).isInstanceOf(RunOutcome.Failed.class);
  }

  @ParameterizedTest
  @CsvSource({"5m, 50, true", "5m, 70, false", "1h, 170, true", "1h, 190, false"})
  void an_instance_that_has_not_run_the_job_for_long_is_gone(
      String interval, long minutesLater, boolean stops) {
    Duration every = Duration.parse("PT" + interval);
    var schedule = new Schedule.Every(every, Duration.ZERO);
    one.reading(orders().on(schedule));
    two.reading(orders().requiring("name").on(schedule));
    completed(one.run());
    completed(two.run());
    world.clock().tick(Duration.ofMinutes(minutesLater));

    assertThat(one.run() instanceof RunOutcome.Failed).isEqualTo(stops);
  }

  @ParameterizedTest
  @CsvSource({"26, true", "49, false"})
  void a_job_without_an_interval_may_run_once_a_day(long hoursLater, boolean stops) {
    one.reading(orders().on(new Schedule.Manual()));
    two.reading(orders().requiring("name").on(new Schedule.Manual()));
    completed(one.run());
    completed(two.run());
    world.clock().tick(Duration.ofHours(hoursLater));

    assertThat(one.run() instanceof RunOutcome.Failed).isEqualTo(stops);
  }

  @Test
  void a_restart_by_a_new_definition_whose_first_run_fails_is_not_stopped() {
    one.reading(orders());
    completed(one.run());
    Instance restarted = new Instance("host-one-again");
    restarted.reading(orders().requiring("name").rejectingAtMost(0));
    world.warehouse().insert(SOURCE, 2L, null, 1L, at("07:00:00"));
    assertThat(restarted.run()).isInstanceOf(RunOutcome.Failed.class);
    restarted.reading(orders().requiring("name"));

    completed(restarted.run());
    completed(restarted.run());
  }

  private Optional<String> remark() {
    return world
        .database()
        .runs()
        .list(new RunLog.Filter(Optional.of(ORDERS), Optional.empty(), Optional.empty(), 1))
        .getFirst()
        .remark();
  }

  private static void completed(RunOutcome outcome) {
    assertThat(outcome).isInstanceOf(RunOutcome.Completed.class);
  }
}
