package io.qupersync.interfaces.cli;

import static io.qupersync.application.testkit.Columns.columns;
import static io.qupersync.application.testkit.Columns.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qupersync.application.port.BatchStep;
import io.qupersync.application.query.JobQueries;
import io.qupersync.application.query.RunQueries;
import io.qupersync.application.sync.JobDefinitions;
import io.qupersync.application.testkit.ActiveRun;
import io.qupersync.application.testkit.InMemoryDatabase;
import io.qupersync.application.testkit.SettableClock;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.progress.LateRows;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.RunStatus;
import io.qupersync.domain.run.RunTally;
import io.qupersync.domain.run.SyncRun;
import io.qupersync.domain.run.Trigger;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QueryCommandsTest {

  private final SettableClock clock = SettableClock.atSomeMorning();
  private final InMemoryDatabase database = new InMemoryDatabase(clock);
  private final JobQueries jobQueries =
      new JobQueries(new JobDefinitions(Jobs.REGISTRY), database.standings(), database.schedules());
  private final CapturedConsole text = CapturedConsole.piped();
  private final CapturedConsole json = CapturedConsole.json();

  @BeforeEach
  void let_orders_run_well_and_stock_fail() {
    database
        .progress()
        .set(
            Jobs.ORDERS.id(),
            Optional.of(
                Watermark.of(
                    new WatermarkValue.Timestamp(LocalDateTime.parse("2026-03-02T07:30:00.123456")),
                    new WatermarkValue.Numeric(BigDecimal.valueOf(4711)))));
    ran(Jobs.ORDERS, RunStatus.SUCCESS, Optional.empty());
    ran(Jobs.STOCK, RunStatus.FAILED, Optional.of("reading public.stock: no such view"));
    clock.tick(Duration.ofMinutes(3));
  }

  private void ran(SyncJob job, RunStatus status, Optional<String> error) {
    RunId id = database.runs().nextId();
    var started =
        SyncRun.starting(id, job.id(), Trigger.CLI, clock.instant(), Optional.of("before"));
    database.runs().started(started);
    clock.tick(Duration.ofMillis(2500));
    database
        .runs()
        .finished(
            new SyncRun(
                id,
                job.id(),
                Trigger.CLI,
                status,
                started.startedAt(),
                Optional.of(clock.instant()),
                new RunTally(1200, 1000, 100, 98, 0, 2, 0),
                2,
                Optional.of("before"),
                Optional.of("after"),
                error));
  }

  @Test
  void jobs_lists_what_is_defined() {
    new JobsCommand(Jobs.REGISTRY, text.console()).execute();
    assertThat(text.out())
        .isEqualTo(
            """
            job     mode         source         target            key         schedule
            orders  incremental  public.orders  analytics.orders  id          every 5m
            stock   mirror       public.stock   analytics.stock   shop, item  cron 0 2 * * * (US/Pacific)
            events  append       public.events  analytics.events  id          manual
            """);
  }

  @Test
  void jobs_lists_what_is_defined_as_json() {
    new JobsCommand(Jobs.REGISTRY, json.console()).execute();
    assertThat(json.out())
        .startsWith(
            """
            [
              {
                "job": "orders",
                "mode": "incremental",
                "source": "public.orders",
                "target": "analytics.orders",
                "key": [
                  "id"
                ],
                "watermark_columns": [
                  "updated_at",
                  "id"
                ],
                "schedule": "every 5m"
              },
            """);
  }

  @Test
  void status_shows_every_job_on_a_line() {
    status(text, Optional.empty());
    assertThat(text.out())
        .isEqualTo(
            """
            job    mode        schedule                    last run when      extracted watermark                   lag rejected
            orders incremental every 5m                    ok       3m 5s ago     1,200 2026-03-02 07:30:00, 4711 3m 5s        0
            stock  mirror      cron 0 2 * * * (US/Pacific) failed   3m 2s ago     1,200                                        0
            events append      manual                      never                                                               0
            """);
  }

  @Test
  void status_shows_one_job_in_detail() {
    status(text, Optional.of(new JobId("stock")));
    assertThat(text.out())
        .isEqualTo(
            """
            job           stock
            mode          mirror
            source        public.stock
            target        analytics.stock
            schedule      cron 0 2 * * * (US/Pacific)
            last run      run 2 failed, 2026-03-02 08:00:02Z (3m 2s ago), 1,200 rows read, 1,100 written, 2 rejected
            error         reading public.stock: no such view
            last success  never
            watermark     none
            dead letters  0
            """);
  }

  @Test
  void status_shows_a_job_as_json() {
    status(json, Optional.of(new JobId("orders")));
    assertThat(json.out())
        .contains(
            "\"last_run\": {\n      \"run_id\": 1,",
            "\"watermark\": \"2026-03-02 07:30:00.123456, 4711\"",
            "\"checkpoint\": null",
            "\"lag_seconds\": 185",
            "\"late_rows\": 0",
            "\"suggested_lookback\": null",
            "\"dead_letters\": 0");
  }

  @Test
  void status_says_which_lookback_would_have_caught_all_late_rows() {
    ordersCameLate(Duration.ofMinutes(22));

    status(text, Optional.of(new JobId("orders")));
    status(json, Optional.of(new JobId("orders")));

    assertThat(text.out()).contains("up to 22m late (1 row); raise lookback to 25m");
    assertThat(json.out())
        .contains("\"late_rows\": 1", "\"late_by\": \"22m\"", "\"suggested_lookback\": \"25m\"");
  }

  @Test
  void status_of_all_jobs_ends_with_those_whose_lookback_is_too_little() {
    ordersCameLate(Duration.ofMinutes(22));

    status(text, Optional.empty());

    assertThat(text.out())
        .endsWith(
            "orders: rows came up to 22m late (1 row); raise lookback to 25m, unless they had been deleted in the target\n");
  }

  private void ordersCameLate(Duration late) {
    LocalDateTime reached = LocalDateTime.parse("2026-03-02T07:30:00");
    var rows =
        new LateRows(
            new WatermarkValue.Timestamp(reached), Optional.empty(), LateRows.Among.WRITTEN);
    var columns = columns("id", "bigint", "updated_at", "timestamp");
    try (var run = ActiveRun.begin(database, Jobs.ORDERS, columns)) {
      run.commit(
          new BatchStep(1, Optional.empty()).watching(Optional.of(rows)),
          row(1L, reached.minus(late)));
    }
  }

  @Test
  void status_suggests_the_job_that_was_meant() {
    assertThatThrownBy(() -> status(text, Optional.of(new JobId("stocks"))))
        .isInstanceOf(WrongUsage.class)
        .hasMessage("there is no job 'stocks'; did you mean 'stock'?");
  }

  private void status(CapturedConsole captured, Optional<JobId> job) {
    new StatusCommand(Jobs.REGISTRY, jobQueries, List::of, captured.console(), clock)
        .execute(new Command.Status(job));
  }

  @Test
  void runs_shows_the_latest_first() {
    runs(text, Optional.empty(), 20);
    assertThat(text.out())
        .isEqualTo(
            """
            run  job     trigger  status  started               sec  extracted  upserted  deleted  skipped
              2  stock   cli      failed  2026-03-02 08:00:02Z  2.5      1,200     1,100        0        2
              1  orders  cli      ok      2026-03-02 08:00:00Z  2.5      1,200     1,100        0        2
            run 2, stock: reading public.stock: no such view
            """);
  }

  @Test
  void runs_shows_as_many_as_were_asked_for() {
    runs(json, Optional.empty(), 1);
    assertThat(json.out()).contains("\"run_id\": 2").doesNotContain("\"run_id\": 1");
  }

  @Test
  void runs_says_when_there_are_none() {
    runs(text, Optional.of(Jobs.EVENTS.id()), 20);
    assertThat(text.out()).isEqualTo("no runs yet\n");
    assertThatThrownBy(() -> runs(text, Optional.of(new JobId("evnets")), 20))
        .hasMessage("there is no job 'evnets'; did you mean 'events'?");
  }

  private void runs(CapturedConsole captured, Optional<JobId> job, int limit) {
    new RunsCommand(Jobs.REGISTRY, new RunQueries(database.runs()), captured.console())
        .execute(new Command.Runs(job, limit));
  }

  @Test
  void watermark_show_tells_it_in_full() {
    watermark(text, "orders");
    assertThat(text.out())
        .isEqualTo(
            """
            job           orders
            column        updated_at, id
            watermark     2026-03-02 07:30:00.123456, 4711
            last success  never
            """);
  }

  @Test
  void watermark_show_explains_a_job_without_one() {
    watermark(text, "stock");
    assertThat(text.out())
        .contains("column        none: every run reads everything", "watermark     none");
  }

  @Test
  void watermark_show_tells_it_as_json() {
    watermark(json, "orders");
    assertThat(json.out())
        .contains(
            "\"job\": \"orders\"",
            "\"watermark\": \"2026-03-02 07:30:00.123456, 4711\"",
            "\"checkpoint\": null",
            "\"last_sync_time\": null");
  }

  private void watermark(CapturedConsole captured, String job) {
    new WatermarkShowCommand(Jobs.REGISTRY, jobQueries, captured.console())
        .execute(new Command.WatermarkShow(new JobId(job)));
  }
}
