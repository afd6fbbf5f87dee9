package io.qupersync.application.sync;

import static io.qupersync.application.testkit.Columns.columns;
import static io.qupersync.application.testkit.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.port.RunLog;
import io.qupersync.application.testkit.InlineHandover;
import io.qupersync.application.testkit.JobFixture;
import io.qupersync.application.testkit.SyncWorld;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.domain.table.TableRef;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Rows whose transaction commits after another one that stamped its rows later.
class LateCommitsTest {

  private static final TableRef SOURCE = TableRef.of("public", "orders");
  private static final TableRef TARGET = TableRef.of("analytics", "orders");
  private static final LocalDateTime SEVEN = LocalDateTime.parse("2026-03-02T07:00:00");

  private final SyncWorld world = new SyncWorld(new InlineHandover());
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
