package io.qupersync.infrastructure.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.testkit.FixedGauges;
import io.qupersync.application.testkit.SettableClock;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.RunStatus;
import io.qupersync.domain.run.RunTally;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PrometheusSyncMetricsTest {

  private static final JobId ORDERS = new JobId("orders");
  private static final String OF_ORDERS = "{job=\"orders\"}";

  private final SettableClock clock = SettableClock.atSomeMorning();
  private final PrometheusSyncMetrics metrics = new PrometheusSyncMetrics("1.2.3", clock);
  private final FixedGauges gauges = new FixedGauges();

  @AfterEach
  void end() {
    metrics.close();
  }

  @Test
  void counts_runs_by_job_and_outcome_and_how_long_they_took() {
    metrics.started(ORDERS);
    metrics.ended(ORDERS, RunStatus.SUCCESS, Duration.ofSeconds(7));
    metrics.started(ORDERS);
    metrics.ended(ORDERS, RunStatus.FAILED, Duration.ofSeconds(70));
    metrics.failedToStart(ORDERS);

    Exposition scraped = scraped();
    assertThat(scraped.value("qupersync_runs_total", "{job=\"orders\",outcome=\"success\"}"))
        .contains(1.0);
    assertThat(scraped.value("qupersync_runs_total", "{job=\"orders\",outcome=\"failed\"}"))
        .contains(1.0);
    assertThat(scraped.value("qupersync_runs_total", "{job=\"orders\",outcome=\"not_started\"}"))
        .contains(1.0);
    assertThat(
            scraped.value("qupersync_run_duration_seconds_bucket", "{job=\"orders\",le=\"10.0\"}"))
        .contains(1.0);
    assertThat(
            scraped.value("qupersync_run_duration_seconds_bucket", "{job=\"orders\",le=\"+Inf\"}"))
        .contains(2.0);
    assertThat(scraped.value("qupersync_run_duration_seconds_sum", OF_ORDERS)).contains(77.0);
  }

  @Test
  void tells_how_many_runs_are_under_way() {
    metrics.started(ORDERS);
    metrics.started(new JobId("customers"));
    metrics.ended(ORDERS, RunStatus.CANCELLED, Duration.ZERO);

    assertThat(scraped().value("qupersync_runs_in_progress", "")).contains(1.0);
  }

  @Test
  void counts_rows_by_what_became_of_them() {
    metrics.committed(ORDERS, new RunTally(100, 40, 30, 15, 5, 8, 2));
    metrics.committed(ORDERS, new RunTally(10, 10, 0, 0, 0, 0, 0));

    Exposition scraped = scraped();
    assertThat(rows(scraped, "extracted")).contains(110.0);
    assertThat(rows(scraped, "inserted")).contains(50.0);
    assertThat(rows(scraped, "updated")).contains(30.0);
    assertThat(rows(scraped, "unchanged")).contains(15.0);
    assertThat(rows(scraped, "deleted")).contains(5.0);
    assertThat(rows(scraped, "rejected")).contains(8.0);
    assertThat(rows(scraped, "duplicate")).contains(2.0);
  }

  private static Optional<Double> rows(Exposition scraped, String kind) {
    return scraped.value("qupersync_rows_total", "{job=\"orders\",kind=\"%s\"}".formatted(kind));
  }

  @Test
  void counts_retries_misfires_ticks_and_alerts() {
    metrics.retried(ORDERS);
    metrics.misfired(ORDERS);
    metrics.ticked();
    metrics.alertDelivered("on-call");
    metrics.alertFailed("on-call");

    Exposition scraped = scraped();
    assertThat(scraped.value("qupersync_retries_total", OF_ORDERS)).contains(1.0);
    assertThat(scraped.value("qupersync_misfires_total", OF_ORDERS)).contains(1.0);
    assertThat(scraped.value("qupersync_scheduler_ticks_total", "")).contains(1.0);
    assertThat(
            scraped.value("qupersync_alerts_total", "{channel=\"on-call\",result=\"delivered\"}"))
        .contains(1.0);
    assertThat(scraped.value("qupersync_alerts_total", "{channel=\"on-call\",result=\"failed\"}"))
        .contains(1.0);
  }

  @Test
  void counts_the_lines_that_the_log_has_dropped() {
    var dropped = new AtomicLong();
    metrics.countDroppedLogLines(dropped::get);
    assertThat(scraped().value("qupersync_log_lines_dropped_total", "")).contains(0.0);

    dropped.set(7);
    assertThat(scraped().value("qupersync_log_lines_dropped_total", "")).contains(7.0);
  }

  @Test
  void tells_how_each_job_stands() {
    gauges.job(
        FixedGauges.aJob("orders")
            .lagging(Duration.ofMinutes(7))
            .losingRowsIn(Duration.ofDays(6))
            .lastWellAt(Instant.ofEpochSecond(1_772_000_000))
            .running()
            .deadLetters(3));
    metrics.poll(gauges);

    Exposition scraped = scraped();
    assertThat(scraped.value("qupersync_watermark_lag_seconds", OF_ORDERS)).contains(420.0);
    assertThat(scraped.value("qupersync_source_retention_left_seconds", OF_ORDERS))
        .contains(518_400.0);
    assertThat(scraped.value("qupersync_last_success_timestamp_seconds", OF_ORDERS))
        .contains(1_772_000_000.0);
    assertThat(scraped.value("qupersync_job_running", OF_ORDERS)).contains(1.0);
    assertThat(scraped.value("qupersync_dead_letters", OF_ORDERS)).contains(3.0);
    assertThat(scraped.value("qupersync_state_readable", "")).contains(1.0);
  }

  @Test
  void has_the_counters_of_a_job_before_anything_has_happened() {
    gauges.job(FixedGauges.aJob("orders"));
    metrics.poll(gauges);

    assertThat(scraped().value("qupersync_runs_total", "{job=\"orders\",outcome=\"failed\"}"))
        .contains(0.0);
    assertThat(scraped().value("qupersync_rows_total", "{job=\"orders\",kind=\"rejected\"}"))
        .contains(0.0);
  }

  @Test
  void forgets_the_gauges_of_a_job_that_is_gone() {
    gauges.job(FixedGauges.aJob("orders").deadLetters(3));
    metrics.poll(gauges);
    assertThat(scraped().has("qupersync_dead_letters")).isTrue();

    gauges.clear();
    clock.tick(Duration.ofMinutes(1));

    assertThat(scraped().has("qupersync_dead_letters")).isFalse();
  }

  @Test
  void tells_how_this_process_stands() {
    gauges.queue(500, 1 << 20).dueRuns(2).pool("target-loads", 3, 1, 4, 8);
    metrics.poll(gauges);

    Exposition scraped = scraped();
    assertThat(scraped.value("qupersync_queue_rows", "")).contains(500.0);
    assertThat(scraped.value("qupersync_queue_bytes", "")).contains(1_048_576.0);
    assertThat(scraped.value("qupersync_due_runs_waiting", "")).contains(2.0);
    assertThat(
            scraped.value("qupersync_pool_connections", "{pool=\"target-loads\",state=\"active\"}"))
        .contains(3.0);
    assertThat(
            scraped.value("qupersync_pool_connections", "{pool=\"target-loads\",state=\"idle\"}"))
        .contains(1.0);
    assertThat(scraped.value("qupersync_pool_connections_limit", "{pool=\"target-loads\"}"))
        .contains(8.0);
    assertThat(scraped.value("qupersync_pool_waiting", "{pool=\"target-loads\"}")).contains(4.0);
  }

  @Test
  void tells_what_it_is_and_how_its_machine_room_does() {
    Exposition scraped = scraped();

    assertThat(scraped.samples)
        .filteredOn(sample -> sample.name().equals("qupersync_build_info"))
        .singleElement()
        .satisfies(sample -> assertThat(sample.labels()).contains("version=\"1.2.3\""));
    assertThat(scraped.has("jvm_memory_used_bytes")).isTrue();
    assertThat(scraped.has("jvm_threads_live_threads")).isTrue();
    assertThat(scraped.has("jvm_virtual_threads_mounted")).isTrue();
    assertThat(scraped.has("process_files_open_files")).isTrue();
  }

  @Test
  void asks_the_state_store_once_however_often_it_is_scraped() {
    metrics.poll(gauges);
    for (int i = 0; i < 50; i++) {
      metrics.scrape();
    }
    assertThat(gauges.timesAsked()).isEqualTo(1);

    clock.tick(Duration.ofSeconds(5));
    metrics.scrape();

    assertThat(gauges.timesAsked()).isEqualTo(2);
  }

  @Test
  void leaves_the_jobs_out_and_says_so_while_the_state_cannot_be_read() {
    gauges.job(FixedGauges.aJob("orders").deadLetters(3));
    metrics.poll(gauges);
    metrics.scrape();

    gauges.fail();
    clock.tick(Duration.ofMinutes(1));

    Exposition scraped = scraped();
    assertThat(scraped.value("qupersync_state_readable", "")).contains(0.0);
    assertThat(scraped.has("qupersync_dead_letters")).isFalse();
    assertThat(scraped.has("jvm_memory_used_bytes")).isTrue();
  }

  @Test
  void speaks_open_metrics_to_those_who_ask_for_it() {
    metrics.retried(ORDERS);

    var asked = metrics.scrape("application/openmetrics-text;version=1.0.0,text/plain;q=0.5");
    assertThat(asked.contentType()).startsWith("application/openmetrics-text");
    assertThat(asked.body()).endsWith("# EOF\n");

    var plain = metrics.scrape("*/*");
    assertThat(plain.contentType()).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    assertThat(plain.body()).doesNotContain("# EOF").contains("qupersync_retries_total");
  }

  @Test
  void writes_the_jobs_in_the_form_that_was_asked_for() {
    metrics.retried(ORDERS);

    assertThat(metrics.scrape("").body())
        .contains(
            """
            # HELP qupersync_retries_total Tries again after a transient failure
            # TYPE qupersync_retries_total counter
            qupersync_retries_total{job="orders"} 1.0
            """);
    assertThat(metrics.scrape("application/openmetrics-text").body())
        .containsOnlyOnce("# EOF")
        .contains(
            """
            # TYPE qupersync_retries counter
            # HELP qupersync_retries Tries again after a transient failure
            qupersync_retries_total{job="orders"} 1.0
            """);
  }

  private Exposition scraped() {
    return Exposition.of(metrics.scrape());
  }
}
