package io.qupersync.application.sync;

import static io.qupersync.application.testkit.Columns.at;
import static io.qupersync.application.testkit.Columns.columns;
import static io.qupersync.application.testkit.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qupersync.application.port.PermanentFailure;
import io.qupersync.application.port.RunLog;
import io.qupersync.application.port.TransientFailure;
import io.qupersync.application.sync.RunRequest.Deletes;
import io.qupersync.application.sync.RunRequest.Scope;
import io.qupersync.application.testkit.FaultPlan;
import io.qupersync.application.testkit.InlineBatchPipeline;
import io.qupersync.application.testkit.JobFixture;
import io.qupersync.application.testkit.SyncWorld;
import io.qupersync.domain.job.FirstRead;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.row.DeadLetter;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.domain.run.RunStatus;
import io.qupersync.domain.run.RunTally;
import io.qupersync.domain.run.SyncRun;
import io.qupersync.domain.run.Trigger;
import io.qupersync.domain.table.TableRef;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// The life of a job from trigger to watermark: the real application on fakes of its ports, with
/// reading and writing on one thread and on two.
@ParameterizedClass(name = "{0}")
@MethodSource("handovers")
class SyncStoryTest {

  private static final TableRef SOURCE = TableRef.of("public", "orders");
  private static final TableRef TARGET = TableRef.of("analytics", "orders");
  private static final JobId ORDERS = new JobId("orders");

  @Parameter private BatchPipeline batchPipeline;

  private SyncWorld world;

  static List<BatchPipeline> handovers() {
    return List.of(new InlineBatchPipeline(), new QueuedBatchPipeline(1_000_000));
  }

  @BeforeEach
  void begin() {
    world = new SyncWorld(batchPipeline);
    world
        .warehouse()
        .create(SOURCE, columns("id", "bigint", "name", "text", "updated_at", "timestamp"));
    order(1, "Ada", "07:00:00");
    order(2, "Bob", "07:10:00");
    order(3, "Cy", "07:20:00");
  }

  @Test
  void the_first_run_copies_everything_and_remembers_how_far_it_came() {
    RunOutcome outcome = world.run(incremental().build());

    assertThat(outcome)
        .isInstanceOfSatisfying(
            RunOutcome.Completed.class,
            completed -> {
              assertThat(completed.tally()).isEqualTo(new RunTally(3, 3, 0, 0, 0, 0, 0));
              assertThat(completed.reached()).contains(mark("07:20:00"));
            });
    assertThat(target()).containsExactlyInAnyOrder("1 Ada", "2 Bob", "3 Cy");
    assertThat(watermark()).contains(mark("07:20:00"));
    assertThat(lastRun().status()).isEqualTo(RunStatus.SUCCESS);
    assertThat(lastRun().tally()).isEqualTo(new RunTally(3, 3, 0, 0, 0, 0, 0));
    assertThat(lastRun().watermarkFrom()).isEmpty();
    assertThat(lastRun().watermarkTo()).contains("2026-03-02 07:20:00");
  }

  @Test
  void a_second_run_over_the_same_rows_writes_none() {
    world.run(incremental().build());

    RunTally tally = completed(world.run(incremental().build()));

    assertThat(tally).isEqualTo(new RunTally(1, 0, 0, 1, 0, 0, 0));
    assertThat(watermark()).contains(mark("07:20:00"));
  }

  @Test
  void a_row_with_exactly_the_watermarks_time_is_not_missed() {
    world.run(incremental().build());
    order(4, "Di", "07:20:00");

    assertThat(completed(world.run(incremental().build())).inserted()).isEqualTo(1);
    assertThat(target()).contains("4 Di");
  }

  @Test
  void a_row_that_comes_late_within_the_lookback_is_not_missed() {
    SyncJob job = incremental().lookingBack(Duration.ofMinutes(15)).build();
    world.run(job);
    order(4, "Di", "07:05:00");
    order(5, "too late", "07:04:59");

    world.run(job);

    assertThat(target()).contains("4 Di").doesNotContain("5 too late");
    assertThat(watermark()).contains(mark("07:20:00"));
  }

  @Test
  void a_changed_row_is_changed_in_the_target() {
    world.run(incremental().build());
    world.warehouse().update(SOURCE, 2L, "Bea", at("07:30:00"));

    assertThat(completed(world.run(incremental().build())).updated()).isEqualTo(1);
    assertThat(target()).containsExactlyInAnyOrder("1 Ada", "2 Bea", "3 Cy");
    assertThat(watermark()).contains(mark("07:30:00"));
  }

  @Test
  void a_row_from_the_future_is_copied_but_does_not_pull_the_watermark_past_the_present() {
    order(4, "Di", "23:00:00");
    world.run(incremental().build());
    assertThat(target()).contains("4 Di");
    assertThat(watermark()).contains(mark("07:20:00"));

    order(5, "Eve", "07:20:01");
    world.run(incremental().build());
    assertThat(target()).contains("5 Eve");
  }

  @Test
  void a_bad_row_goes_to_the_dead_letters_and_stops_nothing() {
    order(4, null, "07:30:00");
    order(5, "Eve", "07:40:00");

    RunTally tally = completed(world.run(incremental().requiring("name").build()));

    assertThat(tally).isEqualTo(new RunTally(5, 4, 0, 0, 0, 1, 0));
    assertThat(target()).containsExactlyInAnyOrder("1 Ada", "2 Bob", "3 Cy", "5 Eve");
    assertThat(letters()).containsExactly("4");
    assertThat(watermark()).contains(mark("07:40:00"));
  }

  @Test
  void more_bad_rows_than_allowed_fail_the_run_and_leave_the_watermark() {
    SyncJob job = incremental().requiring("name").rejectingAtMost(1).batchesOf(1).build();
    world.run(job);
    order(4, null, "07:30:00");
    order(5, null, "07:40:00");
    order(6, "Fay", "07:50:00");

    assertThat(world.run(job))
        .isInstanceOfSatisfying(
            RunOutcome.Failed.class,
            failed -> {
              assertThat(failed.kind()).isEqualTo(FailureKind.TOO_MANY_REJECTED);
              assertThat(failed.reason()).contains("max_rejected is 1");
            });
    assertThat(watermark()).contains(mark("07:20:00"));
    assertThat(lastRun().status()).isEqualTo(RunStatus.FAILED);
    assertThat(lastRun().error()).isPresent();
    assertThat(letters()).containsExactly("4", "5");
  }

  @Test
  void a_mirror_deletes_what_the_source_no_longer_has() {
    SyncJob job = aJob().mirroring().build();
    world.run(job);
    world.warehouse().delete(SOURCE, 2L);

    assertThat(completed(world.run(job)).deleted()).isEqualTo(1);
    assertThat(target()).containsExactlyInAnyOrder("1 Ada", "3 Cy");
    assertThat(lastRun().tally()).isEqualTo(new RunTally(2, 0, 0, 2, 1, 0, 0));
  }

  @Test
  void a_mirror_whose_source_is_suddenly_empty_deletes_nothing_unless_told_so() {
    SyncJob job = aJob().mirroring().build();
    world.run(job);
    List.of(1L, 2L, 3L).forEach(id -> world.warehouse().delete(SOURCE, id));

    assertThat(world.run(job))
        .isInstanceOfSatisfying(
            RunOutcome.Failed.class,
            failed -> assertThat(failed.kind()).isEqualTo(FailureKind.TOO_MANY_DELETES));
    assertThat(target()).hasSize(3);

    var allowed = new RunRequest(ORDERS, Trigger.CLI, new Scope.Ordinary(), Deletes.ALLOWED);
    assertThat(completed(world.run(job, allowed)).deleted()).isEqualTo(3);
    assertThat(target()).isEmpty();
  }

  @Test
  void a_source_that_is_lost_on_the_way_is_read_on_from_where_it_was_lost() {
    SyncJob job = incremental().batchesOf(1).build();

    world.let(failing(FaultPlan.Call.NEXT, 3, source()));

    RunOutcome outcome = world.run(job);

    // the second row again, which shares the checkpoint, then the third
    assertThat(completed(outcome)).isEqualTo(new RunTally(4, 3, 0, 1, 0, 0, 0));
    assertThat(target()).hasSize(3);
    assertThat(watermark()).contains(mark("07:20:00"));
    assertThat(lastRun().attempts()).isEqualTo(2);
    assertThat(world.pause().pauses()).hasSize(1);
  }

  @Test
  void a_row_that_came_late_while_the_source_was_lost_is_not_missed() {
    SyncJob job = aJob().incremental().watermarkedOn("id").lookingBack(10).batchesOf(1).build();
    order(13, "Di", "07:00:00");
    order(23, "Eve", "07:00:00");
    world.let(
        new FaultPlan() {
          private int calls;

          @Override
          public void before(Call call) {
            if (call == Call.NEXT && ++calls == 6) {
              order(14, "late", "07:00:00");
              order(50, "Fay", "07:00:00");
              throw source();
            }
          }
        });

    world.run(job);

    assertThat(watermark())
        .contains(Watermark.of(new WatermarkValue.Numeric(BigDecimal.valueOf(50))));
    assertThat(target()).contains("14 late");
  }

  @Test
  void a_run_that_died_is_continued_by_the_next_from_its_checkpoint() {
    SyncJob job = incremental().batchesOf(1).build();
    world.let(
        failing(FaultPlan.Call.NEXT, 3, new PermanentFailure(FailureKind.SOURCE, "view dropped")));
    assertThat(world.run(job)).isInstanceOf(RunOutcome.Failed.class);
    assertThat(watermark()).isEmpty();
    assertThat(target()).containsExactlyInAnyOrder("1 Ada", "2 Bob");

    world.letAllBeWell();
    assertThat(completed(world.run(job))).isEqualTo(new RunTally(2, 1, 0, 1, 0, 0, 0));
    assertThat(watermark()).contains(mark("07:20:00"));
  }

  @Test
  void a_mirror_that_lost_its_source_begins_again_and_deletes_nothing_it_should_not() {
    SyncJob job = aJob().mirroring().batchesOf(1).build();
    world.run(job);
    world.let(failing(FaultPlan.Call.NEXT, 3, source()));

    assertThat(completed(world.run(job)).deleted()).isZero();
    assertThat(target()).hasSize(3);
  }

  @Test
  void a_target_that_fails_for_a_moment_is_tried_again() {
    world.let(failing(FaultPlan.Call.COMMIT, 1, target("deadlock")));

    assertThat(completed(world.run(incremental().build())).inserted()).isEqualTo(3);
    assertThat(world.pause().pauses()).hasSize(1);
  }

  @Test
  void a_commit_whose_answer_was_lost_is_not_done_twice() {
    order(4, null, "07:30:00");
    world.let(losing(FaultPlan.Call.COMMIT, 1));

    RunTally tally = completed(world.run(incremental().requiring("name").build()));

    assertThat(tally).isEqualTo(new RunTally(4, 3, 0, 0, 0, 1, 0));
    assertThat(lastRun().tally()).isEqualTo(tally);
    assertThat(letters()).containsExactly("4");
  }

  @Test
  void every_answer_may_be_lost_once() {
    for (FaultPlan.Call call : FaultPlan.Call.values()) {
      begin();
      world.let(losing(call, 1));

      assertThat(world.run(incremental().build()))
          .as("%s", call)
          .isInstanceOf(RunOutcome.Completed.class);
      assertThat(target()).as("%s", call).hasSize(3);
      assertThat(watermark()).as("%s", call).contains(mark("07:20:00"));
    }
  }

  @Test
  void a_target_that_stays_away_fails_the_run_after_as_many_retries_as_allowed() {
    world.let(failing(FaultPlan.Call.COMMIT, Integer.MAX_VALUE, target("down")));

    assertThat(world.run(incremental().build()))
        .isInstanceOfSatisfying(
            RunOutcome.Failed.class, failed -> assertThat(failed.reason()).contains("down"));
    assertThat(watermark()).isEmpty();
    assertThat(lastRun().status()).isEqualTo(RunStatus.FAILED);
  }

  @Test
  void what_a_retry_would_meet_again_is_not_tried_again() {
    world.let(
        failing(
            FaultPlan.Call.COMMIT, 1, new PermanentFailure(FailureKind.TARGET, "no privilege")));

    assertThat(world.run(incremental().build())).isInstanceOf(RunOutcome.Failed.class);
    assertThat(world.pause().pauses()).isEmpty();
  }

  @Test
  void a_second_trigger_is_told_which_run_is_under_way() {
    var second = new ArrayList<RunOutcome>();
    SyncJob job = incremental().build();
    world.let(
        new FaultPlan() {
          @Override
          public void before(Call call) {
            if (call == Call.OPEN) {
              world.letAllBeWell();
              second.add(world.run(job));
            }
          }
        });

    RunOutcome first = world.run(job);

    assertThat(second)
        .containsExactly(new RunOutcome.AlreadyRunning(((RunOutcome.Completed) first).run()));
    assertThat(runs()).hasSize(1);
  }

  @Test
  void a_run_whose_lease_was_taken_over_while_it_stalled_writes_nothing() {
    SyncJob job = incremental().build();
    var successor = new ArrayList<RunOutcome>();
    world.let(
        new FaultPlan() {
          @Override
          public void before(Call call) {
            if (call == Call.COMMIT && successor.isEmpty()) {
              expireLease();
              world.warehouse().update(SOURCE, 2L, "newer", at("07:10:00"));
              world.letAllBeWell();
              successor.add(world.run(job));
            }
          }
        });

    RunOutcome stalled = world.run(job);

    assertThat(successor).singleElement().isInstanceOf(RunOutcome.Completed.class);
    assertThat(stalled)
        .isInstanceOfSatisfying(
            RunOutcome.Failed.class,
            failed -> assertThat(failed.kind()).isEqualTo(FailureKind.LEASE_LOST));
    assertThat(target()).containsExactlyInAnyOrder("1 Ada", "2 newer", "3 Cy");
    assertThat(runs())
        .extracting(SyncRun::status)
        .containsExactly(RunStatus.SUCCESS, RunStatus.ABANDONED);
  }

  @Test
  void a_run_that_stalled_before_its_start_does_not_call_its_successor_abandoned() {
    var successor = new ArrayList<RunId>();
    world.let(
        new FaultPlan() {
          @Override
          public void after(Call call) {
            if (call == Call.ACQUIRE && successor.isEmpty()) {
              expireLease();
              successor.add(startElsewhere());
            }
          }
        });

    RunOutcome stalled = world.run(incremental().build());

    assertThat(stalled)
        .isInstanceOfSatisfying(
            RunOutcome.Failed.class,
            failed -> assertThat(failed.kind()).isEqualTo(FailureKind.LEASE_LOST));
    assertThat(world.ports().runs().find(successor.getFirst()))
        .map(SyncRun::status)
        .contains(RunStatus.RUNNING);
  }

  /// Another process takes the lease and logs its start.
  private RunId startElsewhere() {
    RunLog log = world.ports().runs();
    RunId run = log.nextId();
    world.ports().leases().acquire(ORDERS, run, "elsewhere", SyncWorld.LEASE_TTL);
    log.started(
        SyncRun.starting(run, ORDERS, Trigger.SCHEDULE, world.clock().instant(), Optional.empty()));
    return run;
  }

  @Test
  void a_run_that_takes_too_long_is_stopped_even_in_the_middle_of_a_read() {
    world.let(
        new FaultPlan() {
          @Override
          public void before(Call call) {
            if (call == Call.NEXT) {
              world.clock().tick(Duration.ofHours(2));
              stallUntilInterrupted();
            }
          }
        });

    assertThat(world.run(incremental().timingOutAfter(Duration.ofHours(1)).build()))
        .isInstanceOfSatisfying(
            RunOutcome.Failed.class,
            failed -> assertThat(failed.kind()).isEqualTo(FailureKind.TIMEOUT));
    assertThat(lastRun().status()).isEqualTo(RunStatus.FAILED);
    assertThat(target()).isEmpty();
  }

  @Test
  void a_full_run_reads_everything_again_and_moves_the_watermark() {
    SyncJob job = incremental().build();
    world.run(job);
    world.warehouse().update(SOURCE, 1L, "changed without a trace", at("07:00:00"));
    order(4, "Di", "07:40:00");

    RunTally tally = completed(world.run(job, new Scope.Full()));

    assertThat(tally).isEqualTo(new RunTally(4, 1, 1, 2, 0, 0, 0));
    assertThat(target()).contains("1 changed without a trace", "4 Di");
    assertThat(watermark()).contains(mark("07:40:00"));
  }

  @Test
  void says_that_rows_from_before_have_no_value_in_a_column_that_was_added() {
    world.run(incremental().build());
    widen();

    world.run(incremental().build());

    assertThat(lastRun().remark().orElse(""))
        .contains(
            "grade was added to analytics.orders, and rows that were there before have NULL in it; to fill it: qupersync run orders --full");
    world.run(incremental().build());
    assertThat(lastRun().remark().orElse("")).doesNotContain("grade");
    world.run(incremental().build(), new Scope.Full());
    assertThat(world.database().rows(TARGET))
        .allSatisfy(row -> assertThat(row).containsKey("grade"));
  }

  @Test
  void says_nothing_of_an_added_column_that_the_run_fills_itself() {
    world.run(aJob().upserting().keyedOn("id").build());
    widen();

    world.run(aJob().upserting().keyedOn("id").build());

    assertThat(lastRun().remark()).isEmpty();
    assertThat(world.database().rows(TARGET))
        .allSatisfy(row -> assertThat(row).containsKey("grade"));
  }

  @Test
  void says_that_a_job_which_changes_no_row_does_not_fill_an_added_column() {
    world.run(incremental().appending().build());
    widen();

    world.run(incremental().appending().build());

    assertThat(lastRun().remark().orElse(""))
        .contains("grade was added", "the job changes no such row")
        .doesNotContain("--full");
  }

  /// The source gets a column that it had not.
  private void widen() {
    world
        .warehouse()
        .create(
            SOURCE,
            columns("id", "bigint", "name", "text", "updated_at", "timestamp", "grade", "text"));
    world.warehouse().insert(SOURCE, 1L, "Ada", at("07:00:00"), "A");
    world.warehouse().insert(SOURCE, 2L, "Bob", at("07:10:00"), "B");
    world.warehouse().insert(SOURCE, 3L, "Cy", at("07:20:00"), "C");
  }

  @Test
  void no_run_reads_below_initial_however_far_it_looks_back() {
    SyncJob job =
        incremental()
            .firstReading(new FirstRead.At("2026-03-02T07:10:00"))
            .lookingBack(Duration.ofHours(3))
            .build();
    world.run(job);
    order(4, "Di", "07:09:59");
    order(5, "Ed", "07:10:00");

    world.run(job);
    world.run(job, new Scope.Full());
    world.run(job, new Scope.Backfill(Optional.empty(), Optional.empty()));
    world.run(job, new Scope.Backfill(Optional.empty(), Optional.of("2026-03-02T07:30:00")));

    assertThat(target()).containsExactlyInAnyOrder("2 Bob", "3 Cy", "5 Ed");
  }

  @Test
  void a_run_that_died_does_not_go_on_below_initial() {
    SyncJob job =
        incremental()
            .firstReading(new FirstRead.At("2026-03-02T07:10:00"))
            .lookingBack(Duration.ofHours(3))
            .batchesOf(1)
            .build();
    world.let(
        failing(FaultPlan.Call.NEXT, 2, new PermanentFailure(FailureKind.SOURCE, "view dropped")));
    world.run(job);

    world.letAllBeWell();
    world.run(job);

    assertThat(target()).containsExactlyInAnyOrder("2 Bob", "3 Cy");
  }

  @Test
  void numbers_below_initial_are_not_read_either() {
    SyncJob job =
        aJob()
            .incremental()
            .watermarkedOn("id")
            .keyedOn("id")
            .firstReading(new FirstRead.At("2"))
            .lookingBack(2)
            .build();
    world.run(job);
    world.run(job);

    assertThat(target()).containsExactlyInAnyOrder("2 Bob", "3 Cy");
  }

  @Test
  void an_initial_that_moves_counts_from_the_first_run_on() {
    SyncJob job =
        incremental()
            .firstReading(new FirstRead.Ago(Duration.ofMinutes(50)))
            .lookingBack(Duration.ofHours(3))
            .build();
    world.run(job);
    assertThat(target()).containsExactlyInAnyOrder("2 Bob", "3 Cy");

    world.clock().tick(Duration.ofMinutes(45));
    order(4, "late", "07:15:00");
    order(5, "too old", "07:09:00");
    world.run(job);
    world.run(job, new Scope.Full());

    assertThat(target()).containsExactlyInAnyOrder("2 Bob", "3 Cy", "4 late");
  }

  @Test
  void a_job_that_was_stopped_for_longer_than_initial_reaches_misses_nothing() {
    SyncJob job = incremental().firstReading(new FirstRead.Ago(Duration.ofHours(1))).build();
    world.run(job);
    order(4, "Di", "08:30:00");

    world.clock().tick(Duration.ofHours(20));
    world.run(job);

    assertThat(target()).contains("4 Di");
  }

  @Test
  void a_backfill_reads_between_its_ends_and_leaves_the_watermark_alone() {
    SyncJob job = incremental().firstReading(new FirstRead.At("2026-03-02T07:15:00")).build();
    world.run(job);
    assertThat(target()).containsExactly("3 Cy");

    RunTally tally =
        completed(
            world.run(
                job,
                new Scope.Backfill(
                    Optional.of("2026-03-02T07:10:00"), Optional.of("2026-03-02T07:20:00"))));

    assertThat(tally).isEqualTo(new RunTally(2, 1, 0, 1, 0, 0, 0));
    assertThat(target()).containsExactlyInAnyOrder("2 Bob", "3 Cy");
    assertThat(watermark()).contains(mark("07:20:00"));
  }

  @Test
  void ends_of_a_backfill_that_no_column_can_have_are_refused_without_asking_a_database() {
    world.let(
        new FaultPlan() {
          @Override
          public void before(Call call) {
            throw new TransientFailure(FailureKind.UNREACHABLE, "nobody answers");
          }
        });

    for (Scope.Backfill wrong :
        List.of(
            new Scope.Backfill(Optional.of("2026-03-02"), Optional.of("2026-03-01")),
            new Scope.Backfill(Optional.of("abc"), Optional.empty()),
            new Scope.Backfill(Optional.empty(), Optional.of("4711")))) {
      RunOutcome outcome =
          world.run(incremental().lookingBack(Duration.ofMinutes(5)).build(), wrong);

      assertThat(outcome)
          .isInstanceOfSatisfying(
              RunOutcome.Failed.class,
              refused -> {
                assertThat(refused.run()).isEmpty();
                assertThat(refused.kind()).isEqualTo(FailureKind.USAGE);
              });
    }
    assertThat(
            world
                .database()
                .runs()
                .list(new RunLog.Filter(Optional.empty(), Optional.empty(), Optional.empty(), 1)))
        .isEmpty();
  }

  @Test
  void a_backfill_that_dies_leaves_no_checkpoint_that_a_run_would_go_on_from() {
    SyncJob job = incremental().batchesOf(1).build();
    world.let(
        failing(FaultPlan.Call.NEXT, 3, new PermanentFailure(FailureKind.SOURCE, "view dropped")));
    world.run(job, new Scope.Backfill(Optional.of("2026-03-02T07:10:00"), Optional.empty()));

    world.letAllBeWell();
    world.run(job);

    assertThat(target()).containsExactlyInAnyOrder("1 Ada", "2 Bob", "3 Cy");
  }

  @Test
  void a_job_that_nobody_knows_is_not_run() {
    assertThatThrownBy(() ->
            world.run(incremental().build(), RunRequest.ordinary(new JobId("ordres"), Trigger.CLI)))
        .hasMessage("no job 'ordres'");
  }

  private static JobFixture incremental() {
    return aJob().incremental().watermarkedOn("updated_at").keyedOn("id");
  }

  private void order(long id, String name, String time) {
    world.warehouse().insert(SOURCE, id, name, at(time));
  }

  private List<String> target() {
    if (world.database().target().shapeOf(TARGET).isEmpty()) {
      return List.of();
    }
    return world.database().rows(TARGET).stream()
        .map(row -> row.get("id").orElseThrow() + " " + row.get("name").orElse("-"))
        .toList();
  }

  private List<String> letters() {
    return world.database().deadLetters().list(ORDERS, 0, 1000).stream()
        .map(DeadLetter::values)
        .map(values -> values.get("id").orElseThrow())
        .toList();
  }

  private Optional<Watermark> watermark() {
    return world.database().progress().load(ORDERS).watermark();
  }

  private static Watermark mark(String time) {
    return Watermark.of(new WatermarkValue.Timestamp(at(time)));
  }

  private List<SyncRun> runs() {
    return world
        .database()
        .runs()
        .list(new RunLog.Filter(Optional.of(ORDERS), Optional.empty(), Optional.empty(), 100));
  }

  private SyncRun lastRun() {
    return runs().getFirst();
  }

  private static RunTally completed(RunOutcome outcome) {
    assertThat(outcome).isInstanceOf(RunOutcome.Completed.class);
    return ((RunOutcome.Completed) outcome).tally();
  }

  private static TransientFailure source() {
    return new TransientFailure(FailureKind.SOURCE, "the connection to the source was lost");
  }

  private static TransientFailure target(String why) {
    return new TransientFailure(FailureKind.TARGET, why);
  }

  private void expireLease() {
    world.pause().letGuardsSleep();
    world.clock().tick(SyncWorld.LEASE_TTL.plusSeconds(1));
  }

  private static void stallUntilInterrupted() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new TransientFailure(FailureKind.SOURCE, "reading was interrupted", interrupted);
    }
  }

  /// The n-th call fails before it has had any effect.
  private static FaultPlan failing(FaultPlan.Call which, int nth, RuntimeException failure) {
    return new FaultPlan() {
      private int calls;

      @Override
      public synchronized void before(Call call) {
        if (call == which && (++calls == nth || nth == Integer.MAX_VALUE)) {
          throw failure;
        }
      }
    };
  }

  /// The answer of the n-th call is lost.
  private static FaultPlan losing(FaultPlan.Call which, int nth) {
    return new FaultPlan() {
      private int calls;

      @Override
      public synchronized void after(Call call) {
        if (call == which && ++calls == nth) {
          throw new TransientFailure(FailureKind.UNREACHABLE, "the connection was lost");
        }
      }
    };
  }
}
