package io.qupersync.interfaces.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.inspect.JobPlan;
import io.qupersync.application.testkit.JobFixture;
import io.qupersync.domain.job.ColumnRule;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.JobRegistry;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.domain.job.Normalization;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.mapping.MappingResolver;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.ColumnType;
import io.qupersync.domain.table.TableShape;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PlanCommandTest {

  private static final SyncJob JOB =
      JobFixture.aJob()
          .incremental()
          .watermarkedOn("updated_at")
          .lookingBackAsUsual(Duration.ofMinutes(5))
          .stampingSource("warehouse")
          .requiring("amount")
          .typing("amount_rough", "real")
          .ruling(
              new ColumnRule(
                  "e_mail",
                  Optional.of("email"),
                  Optional.empty(),
                  false,
                  Optional.of("none"),
                  List.of(Normalization.TRIM, Normalization.LOWER)))
          .typing("code", "varchar(3)")
          .build();

  private static final TableShape SOURCE =
      new TableShape(
          List.of(
              column("id", "bigint"),
              column("amount", "numeric(18,4)"),
              column("amount_rough", "numeric(18,4)"),
              column("email", "varchar(200)"),
              column("code", "varchar(10)"),
              column("updated_at", "timestamp")));

  private static Column column(String name, String type) {
    return new Column(name, ColumnType.parse(type), true);
  }

  private static JobPlan plan(JobVariants job) {
    TableMapping mapping =
        MappingResolver.resolve(job.provisioned(), SOURCE, Optional.empty(), "east");
    var from =
        Watermark.of(new WatermarkValue.Timestamp(LocalDateTime.parse("2026-03-02T08:00:00")));
    return new JobPlan(
        job.id(),
        mapping,
        new Window(Optional.of(from), Optional.empty(), Optional.empty()),
        "select *\nfrom public.orders\nwhere updated_at >= '2026-03-02 08:00:00'",
        List.of("create schema analytics", "create table analytics.orders (\n  id bigint\n)"),
        "insert into analytics.orders select * from staged");
  }

  @Test
  void shows_statements_and_columns() {
    var captured = CapturedConsole.piped();
    ExitCode code = execute(captured, PlanCommandTest::plan, "orders");
    assertThat(captured.out())
        .isEqualTo(
            """
            orders: incremental, public.orders -> analytics.orders

              reads from 2026-03-02 08:00:00 on
                select *
                from public.orders
                where updated_at >= '2026-03-02 08:00:00'

              changes the target by
                create schema analytics;
                create table analytics.orders (
                  id bigint
                );

              writes each batch by
                insert into analytics.orders select * from staged

              columns
                column       type          from         source type   verdict                                       rules
                warehouse    text          constant                   exact                                         always 'east', required
                id           bigint        id           bigint        exact                                         key, required
                amount       numeric(18,4) amount       numeric(18,4) exact                                         required
                amount_rough real          amount_rough numeric(18,4) lossy: real keeps about 6 digits
                e_mail       text          email        varchar(200)  widened                                       default 'none', trim, lower
                code         varchar(3)    code         varchar(10)   narrowed: values that do not fit are rejected
                updated_at   timestamp     updated_at   timestamp     exact

            lossy conversions: orders.amount_rough (real keeps about 6 digits)
            """);
    assertThat(code).isEqualTo(ExitCode.DONE);
  }

  @Test
  void says_what_only_postgresql_can_judge_instead_of_that_nothing_is_lost() {
    var captured = CapturedConsole.piped();
    execute(
        captured,
        job -> {
          TableMapping mapping =
              MappingResolver.resolve(
                  JobFixture.aJob().named("orders").typing("code", "inet").build(),
                  new TableShape(List.of(column("id", "bigint"), column("code", "varchar(10)"))),
                  Optional.empty(),
                  "east");
          return new JobPlan(job.id(), mapping, Window.everything(), "", List.of(), "");
        },
        "orders");

    assertThat(captured.out())
        .contains("checked at write: values that PostgreSQL would change are rejected")
        .contains("checked at write: orders.code (inet)")
        .doesNotContain("no lossy conversions");
  }

  @Test
  void tells_of_each_job_that_cannot_be_planned_and_goes_on() {
    var captured = CapturedConsole.piped();
    ExitCode code =
        execute(
            captured,
            job -> {
              if (job.id().value().equals("orders")) {
                throw new IllegalStateException("definition");
              }
              return plan(job);
            },
            "orders",
            "stock");
    assertThat(captured.err()).isEqualTo("error: orders: definition\n");
    assertThat(captured.out()).startsWith("stock: ");
    assertThat(code).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void asks_a_database_that_cannot_be_reached_only_once() {
    var asked = new ArrayList<JobId>();
    var captured = CapturedConsole.json();
    ExitCode code =
        execute(
            captured,
            job -> {
              asked.add(job.id());
              throw new IllegalStateException("unreachable");
            },
            "orders",
            "stock");
    assertThat(asked).hasSize(1);
    assertThat(captured.out()).isEqualTo("[]\n");
    assertThat(code).isEqualTo(ExitCode.UNREACHABLE);
  }

  @Test
  void shows_a_plan_as_json() {
    var captured = CapturedConsole.json();
    execute(captured, PlanCommandTest::plan, "orders");
    assertThat(captured.out())
        .contains(
            "\"job\": \"orders\"",
            "\"from\": \"2026-03-02 08:00:00\"",
            "\"to\": null",
            "\"readers\": null",
            "\"changes\": [\n      \"create schema analytics\"",
            "\"column\": \"amount_rough\"",
            "\"source_type\": \"numeric(18,4)\"",
            "\"verdict\": \"lossy\"",
            "\"loss\": \"real keeps about 6 digits\"",
            "\"rules\": []",
            "\"rules\": [\n          \"default 'none'\",\n          \"trim\",\n          \"lower\"\n        ]",
            "\"lossy\": [\n      \"orders.amount_rough (real keeps about 6 digits)\"\n    ]");
  }

  @Test
  void warns_of_a_watermark_without_lookback() {
    assertThat(planOf(JobFixture.aJob().lookingBack(Duration.ZERO)))
        .endsWith(
            "orders: rows that are committed late are missed: the job has no lookback; give watermark.lookback a duration, such as 5m\n");
  }

  @Test
  void warns_of_a_query_that_leaves_out_the_watermarks_own_moment() {
    JobFixture strict =
        JobFixture.aJob().reading("select * from public.orders where updated_at > :from");

    assertThat(planOf(strict.lookingBack(Duration.ZERO)))
        .contains("rows with the watermark's own value are missed", ">= :from");
    assertThat(planOf(strict.lookingBack(Duration.ofMinutes(5)))).doesNotContain("are missed");
    JobFixture inclusive =
        JobFixture.aJob().reading("select * from public.orders where updated_at >= :from");
    assertThat(planOf(inclusive.lookingBack(Duration.ZERO))).doesNotContain("own value");
  }

  private static String planOf(JobFixture fixture) {
    var captured = CapturedConsole.piped();
    execute(
        captured,
        job -> {
          JobPlan plan = plan(job);
          SyncJob other = fixture.incremental().watermarkedOn("updated_at").build();
          return new JobPlan(
              plan.job(),
              MappingResolver.resolve(other, SOURCE, Optional.empty(), "east"),
              plan.window(),
              plan.extraction(),
              plan.changes(),
              plan.write());
        },
        "orders");
    return captured.out();
  }

  private static ExitCode execute(
      CapturedConsole captured, Function<JobVariants, JobPlan> plan, String... names) {
    var stock = JobFixture.aJob().named("stock").build();
    var registry = new JobRegistry(List.of(JobVariants.same(JOB), JobVariants.same(stock)));
    var failures =
        new Failures(
            captured.console(),
            failure ->
                Optional.of(
                    "unreachable".equals(failure.getMessage())
                        ? FailureKind.UNREACHABLE
                        : FailureKind.DEFINITION));
    List<JobId> jobs = List.of(names).stream().map(JobId::new).toList();
    return new PlanCommand(registry, plan, captured.console(), failures)
        .execute(new Command.Plan(new JobChoice.Named(jobs)));
  }
}
