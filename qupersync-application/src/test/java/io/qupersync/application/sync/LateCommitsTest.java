package io.qupersync.application.sync;

import static io.qupersync.application.testkit.Columns.columns;
import static io.qupersync.application.testkit.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.port.RunLog;
import io.qupersync.application.query.JobQueries;
import io.qupersync.application.query.JobStatus;
import io.qupersync.application.testkit.FaultPlan;
import io.qupersync.application.testkit.InlineBatchPipeline;
import io.qupersync.application.testkit.JobFixture;
import io.qupersync.application.testkit.SyncWorld;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.JobRegistry;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.progress.OpenTransactions;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.domain.table.TableRef;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Rows whose transaction commits after another one that stamped its rows later.
class LateCommitsTest {

  private static final TableRef SOURCE = TableRef.of("public", "orders");
  private static final TableRef TARGET = TableRef.of("analytics", "orders");
  private static final LocalDateTime SEVEN = LocalDateTime.parse("2026-03-02T07:00:00");

  private final SyncWorld world = new SyncWorld(new InlineBatchPipeline());
  private long ids;

  @BeforeEach
  void begin() {
    world
        .warehouse()
        .create(
            SOURCE,
            columns(
                "id", "bigint", "name", "text", "at", "timestamp", "day", "date", "seq", "bigint"));
    order(SEVEN, 1000);
  }

  @Test
  void a_job_that_says_nothing_of_it_looks_back_by_what_is_usual() {
    JobFixture job = usual().watermarkedOn("at");
    run(job);
    order(SEVEN.minusMinutes(5), 1);
    order(SEVEN.minusMinutes(5).minusNanos(1000), 1);
    run(job);

    assertThat(copied()).isEqualTo(2);
    assertThat(remark()).isEmpty();
  }

  @Test
  void of_dates_it_reads_at_least_the_day_before_again() {
    JobFixture job = usual().watermarkedOn("day");
    run(job);
    order(SEVEN.minusDays(1), 1);
    order(SEVEN.minusDays(2), 1);
    run(job);

    assertThat(copied()).isEqualTo(2);
    assertThat(remark()).isEmpty();
  }

  @Test
  void of_numbers_nobody_knows_how_many_are_late_and_the_run_says_so() {
    JobFixture job = usual().watermarkedOn("seq");
    run(job);
    order(SEVEN, 999);
    run(job);

    assertThat(copied()).isEqualTo(1);
    assertThat(remark())
        .contains(
            "rows that are committed late are missed: the job has no lookback; give watermark.lookback a count, such as 1000");
    run(usual().watermarkedOn("seq").lookingBack(1));
    assertThat(copied()).isEqualTo(2);
    assertThat(remark()).isEmpty();
  }

  @Test
  void of_texts_there_is_no_lookback_and_the_run_says_so() {
    run(usual().watermarkedOn("name"));

    assertThat(remark().orElseThrow())
        .isEqualTo(
            "rows that are committed late are missed: for a watermark of text there is no lookback");
  }

  @Test
  void a_job_that_wants_no_lookback_is_told_at_every_run_what_that_means() {
    String told =
        "rows that are committed late are missed: the job has no lookback; give watermark.lookback a duration, such as 5m";

    run(aJob().incremental().watermarkedOn("at").lookingBack(Duration.ZERO));
    assertThat(remark()).contains(told);
    run(aJob().incremental().watermarkedOn("at").lookingBackAsUsual(Duration.ZERO));
    assertThat(remark()).contains(told);
    run(aJob().incremental().watermarkedOn("at").lookingBack(0));
    assertThat(remark()).contains(told);
  }

  @Test
  void an_open_transaction_keeps_the_watermark_below_its_beginning() {
    JobFixture job = hasty();
    Instant began = world.clock().instant().minusSeconds(30);
    world.warehouse().tells(new OpenTransactions.Oldest(began, "a transaction of user loader"));
    order(local(began.minusSeconds(1)), 1);
    order(local(began.plusSeconds(20)), 2);
    run(job);

    assertThat(copied()).isEqualTo(3);
    assertThat(watermark()).contains(new WatermarkValue.Timestamp(local(began.minusSeconds(1))));
    assertThat(remark().orElseThrow())
        .contains(
            "the watermark is held back at 2026-03-02T07:59:30Z: a transaction of user loader has been open since then");
    assertThat(status(job.build()).heldBack().orElseThrow()).contains("user loader");

    // it commits what it had stamped before another one stamped a row that has been read
    world.warehouse().tells(new OpenTransactions.None());
    order(local(began.plusSeconds(5)), 3);
    run(job);

    assertThat(copied()).isEqualTo(4);
    assertThat(watermark()).contains(new WatermarkValue.Timestamp(local(began.plusSeconds(20))));
    assertThat(status(job.build()).heldBack()).isEmpty();
  }

  @Test
  void of_a_tuple_rows_of_the_present_day_do_not_count_for_one_with_a_lower_number_may_follow() {
    JobFixture job = aJob().appending().watermarkedOn("day", "id").lookingBack(Duration.ZERO);
    LocalDateTime today = local(world.clock().instant());
    world.let(
        new FaultPlan() {
          @Override
          public void after(Call call) {
            // a transaction begins and draws the number 50; another one draws 51, and commits
            if (call == Call.SOURCE_NOW) {
              ids = 50;
              order(today, 1);
            }
          }
        });
    run(job);
    assertThat(copied()).isEqualTo(2);

    world.letAllBeWell();
    ids = 49;
    order(today, 1);
    run(job);

    assertThat(copied()).isEqualTo(3);
    world.clock().tick(Duration.ofDays(1));
    run(job);
    assertThat(watermark()).contains(new WatermarkValue.Date(today.toLocalDate()));
  }

  @Test
  void a_transaction_that_is_open_for_too_long_holds_nothing_back_for_ever_and_the_run_says_so() {
    JobFixture job = hasty().heldBackAtMost(Duration.ofMinutes(10));
    Instant now = world.clock().instant();
    world
        .warehouse()
        .tells(new OpenTransactions.Oldest(now.minusSeconds(7200), "a transaction of user loader"));
    order(local(now.minusSeconds(601)), 1);
    order(local(now.minusSeconds(60)), 2);
    run(job);

    assertThat(watermark()).contains(new WatermarkValue.Timestamp(local(now.minusSeconds(601))));
    assertThat(remark().orElseThrow())
        .contains(
            "held back at 2026-03-02T07:50:00Z: a transaction of user loader has been open since 2026-03-02T06:00:00Z, longer than hold_back_max");
  }

  @Test
  void short_transactions_that_the_lookback_covers_are_not_worth_a_word() {
    Instant now = world.clock().instant();
    world.warehouse().tells(new OpenTransactions.Oldest(now.minusSeconds(2), "a transaction"));
    run(usual().watermarkedOn("at"));
    assertThat(remark()).isEmpty();

    run(hasty());
    assertThat(remark().orElseThrow()).contains("held back");
  }

  @Test
  void where_nobody_can_tell_or_is_asked_the_clock_is_the_ceiling() {
    order(local(world.clock().instant()), 1);
    world.warehouse().tells(new OpenTransactions.CannotTell("it does not say"));
    run(usual().watermarkedOn("at"));
    assertThat(watermark()).contains(new WatermarkValue.Timestamp(local(world.clock().instant())));
    assertThat(remark()).isEmpty();

    world.warehouse().tells(new OpenTransactions.Oldest(Instant.EPOCH, "a transaction"));
    run(usual().watermarkedOn("at").heldBackAtMost(Duration.ZERO));
    assertThat(remark()).isEmpty();
  }

  private static JobFixture hasty() {
    return aJob().incremental().watermarkedOn("at").lookingBack(Duration.ZERO);
  }

  private static LocalDateTime local(Instant moment) {
    return LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
  }

  private Optional<WatermarkValue> watermark() {
    return world.database().progress().load(new JobId("orders")).watermark().map(Watermark::first);
  }

  private JobStatus status(SyncJob job) {
    var definitions = new JobDefinitions(new JobRegistry(List.of(JobVariants.same(job))));
    return new JobQueries(definitions, world.database().standings(), world.database().schedules())
        .find(job.id())
        .orElseThrow();
  }

  private static JobFixture usual() {
    return aJob().incremental().lookingBackAsUsual(Duration.ofMinutes(5));
  }

  private void order(LocalDateTime at, long seq) {
    LocalDate day = at.toLocalDate();
    world.warehouse().insert(SOURCE, ++ids, "order " + ids, at, day, seq);
  }

  private void run(JobFixture job) {
    assertThat(world.run(job.build())).isInstanceOf(RunOutcome.Completed.class);
  }

  private int copied() {
    return world.database().rows(TARGET).size();
  }

  private Optional<String> remark() {
    var all = new RunLog.Filter(Optional.empty(), Optional.empty(), Optional.empty(), 100);
    return world.database().runs().list(all).getFirst().remark();
  }
}
