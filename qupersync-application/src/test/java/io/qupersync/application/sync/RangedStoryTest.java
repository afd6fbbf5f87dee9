package io.qupersync.application.sync;

import static io.qupersync.application.testkit.Columns.at;
import static io.qupersync.application.testkit.Columns.columns;
import static io.qupersync.application.testkit.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.port.RunLog;
import io.qupersync.application.port.TransientFailure;
import io.qupersync.application.sync.RunRequest.Scope;
import io.qupersync.application.testkit.FaultPlan;
import io.qupersync.application.testkit.InlineBatchPipeline;
import io.qupersync.application.testkit.JobFixture;
import io.qupersync.application.testkit.SyncWorld;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.RetryPolicy;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.progress.JobProgress;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.domain.run.RunTally;
import io.qupersync.domain.run.SyncRun;
import io.qupersync.domain.table.TableRef;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// What becomes of a run whose source is read in ranges, one after the other and several at a time.
@ParameterizedClass(name = "{0}")
@MethodSource("handovers")
class RangedStoryTest {

  private static final TableRef SOURCE = TableRef.of("public", "orders");
  private static final TableRef TARGET = TableRef.of("analytics", "orders");
  private static final JobId ORDERS = new JobId("orders");
  private static final LocalDateTime SEVEN = at("07:00:00");

  @Parameter private BatchPipeline batchPipeline;

  private SyncWorld world;

  static List<BatchPipeline> handovers() {
    return List.of(new InlineBatchPipeline(), new QueuedBatchPipeline(1_000_000));
  }

  /// A hundred orders; the higher its number, the older an order is.
  @BeforeEach
  void begin() {
    world = new SyncWorld(batchPipeline);
    world
        .warehouse()
        .create(
            SOURCE,
            columns("id", "bigint", "name", "varchar(20)", "seq", "bigint", "at", "timestamp"));
    LongStream.rangeClosed(1, 100).forEach(id -> order(id, 101 - id));
  }

  @Test
  void every_row_is_copied_once() {
    assertThat(completed(world.run(upserting().build())))
        .isEqualTo(new RunTally(100, 100, 0, 0, 0, 0, 0));
    assertThat(target()).hasSize(100);
  }

  @Test
  void several_sessions_read_and_no_more_than_the_job_says() {
    var opened = new AtomicInteger();
    world.let(counting(FaultPlan.Call.OPEN, opened));

    world.run(upserting().build());

    assertThat(opened.get()).isEqualTo(8);
  }

  @Test
  void a_row_without_a_number_is_not_missed() {
    world.warehouse().insert(SOURCE, null, "nobody", 1L, SEVEN);

    assertThat(completed(world.run(upserting().rejectingAtMost(10).build())))
        .extracting(RunTally::extracted)
        .isEqualTo(101L);
  }

  @Test
  void the_watermark_moves_to_the_highest_although_rows_come_in_no_order() {
    world.run(incremental().watermarkedOn("at").build());

    assertThat(progress().watermark())
        .contains(Watermark.of(new WatermarkValue.Timestamp(SEVEN.plusSeconds(100))));
  }

  @Test
  void a_run_that_dies_leaves_no_checkpoint_and_no_watermark() {
    world.let(failing(FaultPlan.Call.NEXT, 12, new IllegalStateException("died")));

    assertThat(world.run(incremental().watermarkedOn("at").build()))
        .isInstanceOf(RunOutcome.Failed.class);

    assertThat(progress().watermark()).isEmpty();
    assertThat(progress().checkpoint()).isEmpty();
    world.letAllBeWell();
    completed(world.run(incremental().watermarkedOn("at").build()));
    assertThat(target()).hasSize(100);
  }

  @Test
  void a_watermark_that_counts_does_not_pass_rows_that_came_into_a_range_that_was_read() {
    var opened = new AtomicInteger();
    world.let(
        new FaultPlan() {
          @Override
          public void after(Call call) {
            // the first ranges have been read as they were
            if (call == Call.OPEN && opened.incrementAndGet() == 5) {
              order(0, 101);
              order(200, 102);
            }
          }
        });
    SyncJob job = incremental().watermarkedOn("seq").build();

    world.run(job);
    assertThat(progress().watermark())
        .contains(Watermark.of(new WatermarkValue.Numeric(BigDecimal.valueOf(100))));
    world.run(job);

    assertThat(target()).hasSize(102);
  }

  @Test
  void nor_does_a_watermark_of_times_that_trail_the_clock() {
    var opened = new AtomicInteger();
    world.clock().tick(Duration.ofDays(2));
    world.let(
        new FaultPlan() {
          @Override
          public void after(Call call) {
            if (call == Call.OPEN && opened.incrementAndGet() == 5) {
              order(0, 101);
              order(200, 102);
            }
          }
        });
    SyncJob job = incremental().watermarkedOn("at").build();

    world.run(job);
    assertThat(progress().watermark())
        .contains(Watermark.of(new WatermarkValue.Timestamp(SEVEN.plusSeconds(100))));
    world.run(job);

    assertThat(target()).hasSize(102);
  }

  @Test
  void nor_does_a_tuple_pass_rows_with_the_leading_value_that_was_the_highest() {
    var opened = new AtomicInteger();
    world.let(
        new FaultPlan() {
          @Override
          public void after(Call call) {
            if (call == Call.OPEN && opened.incrementAndGet() == 5) {
              world.warehouse().insert(SOURCE, 0L, "order 0", 100L, SEVEN.plusSeconds(101));
              world.warehouse().insert(SOURCE, 200L, "order 200", 100L, SEVEN.plusSeconds(102));
            }
          }
        });
    SyncJob job = incremental().watermarkedOn("seq", "at").build();

    world.run(job);
    world.letAllBeWell();
    world.run(job);

    assertThat(target()).hasSize(102);
    assertThat(progress().watermark().map(Watermark::first))
        .contains(new WatermarkValue.Numeric(BigDecimal.valueOf(100)));
  }

  @Test
  void what_comes_after_the_first_load_is_read_by_one_session() {
    SyncJob job = incremental().watermarkedOn("at").build();
    world.run(job);
    var opened = new AtomicInteger();
    world.let(counting(FaultPlan.Call.OPEN, opened));

    world.run(job);
    assertThat(opened.get()).isOne();
    world.run(job, new Scope.Full());
    assertThat(opened.get()).isEqualTo(9);
  }

  @Test
  void only_ranges_that_are_not_wholly_committed_are_read_again() {
    world.let(failing(FaultPlan.Call.NEXT, 40, source()));

    RunTally tally = completed(world.run(upserting().batchesOf(3).build()));

    assertThat(target()).hasSize(100);
    assertThat(tally.inserted()).isEqualTo(100);
    assertThat(tally.updated()).isZero();
    assertThat(tally.extracted()).isBetween(100L, 100L + 2 * 13);
  }

  @Test
  void a_target_that_was_lost_gets_again_what_it_has_not_committed() {
    world.let(failing(FaultPlan.Call.BEGIN, 1, source()));

    assertThat(completed(world.run(upserting().build())).inserted()).isEqualTo(100);
  }

  @Test
  void a_source_that_is_lost_again_and_again_is_read_on_as_long_as_it_comes_further() {
    var calls = new AtomicInteger();
    world.let(
        new FaultPlan() {
          @Override
          public void before(Call call) {
            if (call == Call.NEXT && calls.incrementAndGet() % 7 == 0) {
              throw source();
            }
          }
        });

    completed(
        world.run(upserting().retrying(new RetryPolicy(1, Duration.ZERO, Duration.ZERO)).build()));

    assertThat(lastRun().attempts()).isGreaterThan(2);
    assertThat(target()).hasSize(100);
  }

  @Test
  void a_mirror_that_lost_a_range_begins_again_and_deletes_nothing_it_should_not() {
    SyncJob job = mirroring().build();
    world.run(job);
    world.warehouse().delete(SOURCE, 50L);
    world.let(failing(FaultPlan.Call.NEXT, 9, source()));

    assertThat(completed(world.run(job)).deleted()).isOne();
    assertThat(target()).hasSize(99).doesNotContain(50L);
  }

  @Test
  void an_end_that_is_lost_is_no_end() {
    world.let(failing(FaultPlan.Call.NEXT, 16, source()));

    completed(world.run(mirroring().build()));

    assertThat(target()).hasSize(100);
    assertThat(lastRun().attempts()).isEqualTo(2);
  }

  @Test
  void a_key_that_cannot_be_split_is_read_by_one_session_and_the_log_says_why() {
    var opened = new AtomicInteger();
    world.let(counting(FaultPlan.Call.OPEN, opened));

    world.run(upserting().keyedOn("name").build());

    assertThat(opened.get()).isOne();
    assertThat(lastRun().remark())
        .contains(
            "read by one session: column 'name' is varchar(20), and only whole numbers, numeric(p,s), dates and timestamps can be split into ranges");
  }

  @Test
  void there_is_nothing_to_split_in_an_empty_table_nor_in_one_row() {
    var opened = new AtomicInteger();
    world.let(counting(FaultPlan.Call.OPEN, opened));
    for (long id = 2; id <= 100; id++) {
      world.warehouse().delete(SOURCE, id);
    }

    assertThat(completed(world.run(upserting().build())).inserted()).isOne();
    world.warehouse().delete(SOURCE, 1L);
    assertThat(completed(world.run(upserting().build())).extracted()).isZero();

    assertThat(opened.get()).isEqualTo(2);
    assertThat(lastRun().remark()).isEmpty();
  }

  private static JobFixture upserting() {
    return aJob().upserting().readBy(2);
  }

  private static JobFixture mirroring() {
    return aJob().mirroring().readBy(2);
  }

  private static JobFixture incremental() {
    return aJob().incremental().readBy(2);
  }

  private void order(long id, long seq) {
    world.warehouse().insert(SOURCE, id, "order " + id, seq, SEVEN.plusSeconds(seq));
  }

  private List<Object> target() {
    var ids = new ArrayList<>();
    world.database().cells(TARGET).forEach(row -> ids.add(row.get("id")));
    return ids;
  }

  private JobProgress progress() {
    return world.database().progress().load(ORDERS);
  }

  private SyncRun lastRun() {
    return world
        .database()
        .runs()
        .list(new RunLog.Filter(Optional.of(ORDERS), Optional.empty(), Optional.empty(), 1))
        .getFirst();
  }

  private static RunTally completed(RunOutcome outcome) {
    assertThat(outcome).isInstanceOf(RunOutcome.Completed.class);
    return ((RunOutcome.Completed) outcome).tally();
  }

  private static TransientFailure source() {
    return new TransientFailure(FailureKind.SOURCE, "the connection to the source was lost");
  }

  private static FaultPlan counting(FaultPlan.Call which, AtomicInteger calls) {
    return new FaultPlan() {
      @Override
      public void before(Call call) {
        if (call == which) {
          calls.incrementAndGet();
        }
      }
    };
  }

  /// The n-th call fails before it has had any effect.
  private static FaultPlan failing(FaultPlan.Call which, int nth, RuntimeException failure) {
    var calls = new AtomicInteger();
    return new FaultPlan() {
      @Override
      public void before(Call call) {
        if (call == which && calls.incrementAndGet() == nth) {
          throw failure;
        }
      }
    };
  }
}
