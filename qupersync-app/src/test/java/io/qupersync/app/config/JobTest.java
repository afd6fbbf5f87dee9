package io.qupersync.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.domain.job.ColumnRule;
import io.qupersync.domain.job.ConflictPolicy;
import io.qupersync.domain.job.FirstRead;
import io.qupersync.domain.job.Flavor;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.JobSource;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.domain.job.Lookback;
import io.qupersync.domain.job.MetadataColumns;
import io.qupersync.domain.job.Normalization;
import io.qupersync.domain.job.NullWatermarks;
import io.qupersync.domain.job.Parallel;
import io.qupersync.domain.job.Schedule;
import io.qupersync.domain.job.SqlTemplate;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.job.SyncMode;
import io.qupersync.domain.job.WatermarkRule;
import io.qupersync.domain.table.ColumnType;
import io.qupersync.domain.table.TableRef;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobTest {

  @TempDir Path directory;
  private ConfigurationFixture qupersync;

  @BeforeEach
  void no_environment() {
    qupersync = new ConfigurationFixture(directory);
  }

  private SyncJob job(String keys) {
    return qupersync.yamlWithDatabases("jobs:\n  it:\n" + keys.indent(4)).job("it");
  }

  private WatermarkRule watermark(String rule) {
    return job("source: { table: t }\ntarget: t\nkey: id\nwatermark: " + rule)
        .extraction()
        .watermark()
        .orElseThrow();
  }

  private Schedule schedule(String schedule) {
    return job("source: { table: t }\ntarget: t\nkey: id\nschedule: " + schedule).schedule();
  }

  private ConflictPolicy conflict(String policy) {
    return job("source: { table: t }\ntarget: t\nkey: id\nconflict: " + policy)
        .destination()
        .conflict();
  }

  @Test
  void of_three_keys_upserts_everything_at_the_default_interval() {
    SyncJob job = job("source: { table: orders }\ntarget: orders\nkey: order_id");

    assertThat(job.mode()).isEqualTo(SyncMode.UPSERT);
    assertThat(job.extraction().source())
        .isEqualTo(new JobSource.Table(TableRef.of("public", "orders")));
    assertThat(job.extraction().watermark()).isEmpty();
    assertThat(job.destination().table()).isEqualTo(TableRef.of("quper", "orders"));
    assertThat(job.destination().key()).containsExactly("order_id");
    assertThat(job.destination().conflict()).isEqualTo(new ConflictPolicy.SourceWins());
    assertThat(job.destination().updateColumns()).isEmpty();
    assertThat(job.destination().stamps()).isEqualTo(MetadataColumns.none());
    assertThat(job.columns().rules()).isEmpty();
    assertThat(job.schedule()).isEqualTo(new Schedule.Every(Duration.ofMinutes(5)));
    assertThat(job.limits()).isEqualTo(qupersync.loaded().defaults().limits());
  }

  @Test
  void with_a_watermark_is_incremental() {
    assertThat(
            job("source: { table: t }\ntarget: t\nkey: id\nwatermark: { column: updated_at }")
                .mode())
        .isEqualTo(SyncMode.INCREMENTAL);
    assertThat(watermark("{ column: updated_at }"))
        .isEqualTo(
            new WatermarkRule(
                List.of("updated_at"),
                new Lookback.Unsaid(Duration.ofMinutes(5)),
                new FirstRead.Everything(),
                NullWatermarks.EVERY_RUN,
                true));
  }

  @Test
  void reads_back_by_time_or_by_count() {
    assertThat(watermark("{ column: a, lookback: 1h30m }").lookback())
        .isEqualTo(new Lookback.OfTime(Duration.ofMinutes(90)));
    assertThat(watermark("{ column: a, lookback: 1000 }").lookback())
        .isEqualTo(new Lookback.OfCount(1000));
    assertThat(watermark("{ column: a }").lookback())
        .isEqualTo(new Lookback.Unsaid(Duration.ofMinutes(5)));
  }

  @Test
  void begins_so_long_ago_or_at_a_value() {
    assertThat(watermark("{ column: a, initial: 7d }").first())
        .isEqualTo(new FirstRead.Ago(Duration.ofDays(7)));
    assertThat(watermark("{ column: a, initial: 2026-01-01 }").first())
        .isEqualTo(new FirstRead.At("2026-01-01"));
    assertThat(watermark("{ column: a, initial: 4711 }").first())
        .isEqualTo(new FirstRead.At("4711"));
  }

  @Test
  void takes_several_watermark_columns_and_skips_nulls_when_told() {
    WatermarkRule rule = watermark("{ column: [a, b], nulls: skip, ordered: false }");

    assertThat(rule.columns()).containsExactly("a", "b");
    assertThat(rule.nulls()).isEqualTo(NullWatermarks.SKIP);
    assertThat(rule.ordered()).isFalse();
  }

  @Test
  void leaves_the_order_to_a_query_that_takes_the_window_itself() {
    String query = "source: { query: \"%s\" }\ntarget: t\nkey: id\nwatermark: { column: a%s }";

    assertThat(ordered(query.formatted("select * from t where a >= :from", ""))).isFalse();
    assertThat(ordered(query.formatted("select * from t where a >= :from", ", ordered: true")))
        .isTrue();
    assertThat(ordered(query.formatted("select * from t", ""))).isTrue();
  }

  private boolean ordered(String keys) {
    return job(keys).extraction().watermark().orElseThrow().ordered();
  }

  @Test
  void runs_by_interval_by_cron_or_when_asked() {
    assertThat(schedule("{ every: 90s }")).isEqualTo(new Schedule.Every(Duration.ofSeconds(90)));
    assertThat(schedule("{ cron: \"*/5  2 * * MON-FRI\", timezone: Europe/Berlin }"))
        .isEqualTo(new Schedule.Cron("*/5 2 * * MON-FRI", ZoneId.of("Europe/Berlin")));
    assertThat(schedule("{ cron: \"0 2 * * *\" }"))
        .isEqualTo(new Schedule.Cron("0 2 * * *", ZoneId.of("US/Pacific")));
    assertThat(schedule("manual")).isEqualTo(new Schedule.Manual());
  }

  @Test
  void reads_everything_now_and_then_by_a_schedule_of_its_own() {
    var jobs =
        qupersync
            .yamlWithDatabases(
                """
                jobs:
                  it: { source: { table: t }, target: t, key: id, watermark: { column: id, lookback: 5 }, full_schedule: { cron: "0 2 * * 0" } }
                  other: { source: { table: t }, target: u, key: id }
                """)
            .loaded()
            .jobs();
    assertThat(jobs.find(new JobId("it")).orElseThrow().fullSchedule())
        .contains(new Schedule.Cron("0 2 * * 0", ZoneId.of("US/Pacific")));
    assertThat(jobs.find(new JobId("other")).orElseThrow().fullSchedule()).isEmpty();
  }

  @Test
  void knows_four_answers_to_a_conflict() {
    assertThat(conflict("source-wins")).isEqualTo(new ConflictPolicy.SourceWins());
    assertThat(conflict("target-wins")).isEqualTo(new ConflictPolicy.TargetWins());
    assertThat(conflict("dest-wins")).isEqualTo(new ConflictPolicy.TargetWins());
    assertThat(conflict("merge")).isEqualTo(new ConflictPolicy.Merge());
    assertThat(conflict("latest-wins( updated_at )"))
        .isEqualTo(new ConflictPolicy.LatestWins("updated_at"));
  }

  @Test
  void shapes_columns() {
    SyncJob job =
        job(
            """
            source: { table: t }
            target: t
            key: [id]
            columns:
              e_mail: { from: email, type: varchar(320), required: true, normalize: [trim, lower] }
              note: { default: "", normalize: empty_as_null }
            exclude: [card_number]
            update_columns: [e_mail, note]
            stamp: { source: source_id, time: synced_at }
            """);

    assertThat(job.columns().rules())
        .containsExactly(
            new ColumnRule(
                "e_mail",
                Optional.of("email"),
                Optional.of(ColumnType.parse("varchar(320)")),
                true,
                Optional.empty(),
                List.of(Normalization.TRIM, Normalization.LOWER)),
            new ColumnRule(
                "note",
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.of(""),
                List.of(Normalization.EMPTY_AS_NULL)));
    assertThat(job.columns().excluded()).containsExactly("card_number");
    assertThat(job.destination().updateColumns()).containsExactly("e_mail", "note");
    assertThat(job.destination().stamps())
        .isEqualTo(new MetadataColumns(Optional.of("source_id"), Optional.of("synced_at")));
  }

  @Test
  void takes_limits_from_the_defaults_one_by_one() {
    qupersync.yamlWithDatabases(
        """
        defaults: { batch_size: 10, max_rejected: 1, timeout: 2h, retry: { max_retries: 9, max_delay: 1m } }
        jobs:
          it: { source: { table: t }, target: t, key: id, max_rejected: 0, retry: { base_delay: 45s } }
        """);

    var limits = qupersync.job("it").limits();
    assertThat(limits.batchSize()).isEqualTo(10);
    assertThat(limits.maxRejected()).isZero();
    assertThat(limits.timeout()).isEqualTo(Duration.ofHours(2));
    assertThat(limits.retry().maxRetries()).isEqualTo(9);
    assertThat(limits.retry().baseDelay()).isEqualTo(Duration.ofSeconds(45));
    assertThat(limits.retry().maxDelay()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void is_read_by_one_session_unless_it_or_the_defaults_say_more() {
    String table = "source: { table: t }\ntarget: t\nkey: id\n";

    assertThat(job(table).extraction().parallel()).isEqualTo(Parallel.none());
    assertThat(job(table + "parallel: 4\nsplit_by: id").extraction().parallel())
        .isEqualTo(new Parallel(4, Optional.of("id")));
    qupersync.yamlWithDatabases(
        """
        defaults: { parallel: 2 }
        jobs:
          it: { source: { table: t }, target: t, key: [a, b] }
          one: { source: { table: t }, target: u, key: id, parallel: 1 }
        """);
    assertThat(qupersync.job("it").extraction().parallel().readers()).isEqualTo(2);
    assertThat(qupersync.job("one").extraction().parallel().readers()).isOne();
  }

  @Test
  void commits_at_least_a_whole_batch() {
    assertThat(
            job("source: { table: t }\ntarget: t\nkey: id\nbatch_size: 50000")
                .limits()
                .maxTransactionRows())
        .isEqualTo(50_000);
  }

  @Test
  void differs_by_flavor_in_what_it_says_so() {
    JobVariants job =
        qupersync
            .yamlWithDatabases(
                """
                jobs:
                  it:
                    description: Two shapes
                    source: { table: stl_x }
                    target: x
                    key: [id]
                    watermark: { column: t, lookback: 1h }
                    flavors:
                      serverless:
                        source: { query: "select * from sys_x" }
                        watermark: { column: start_time }
                """)
            .flavoredJob("it");

    assertThat(job.description()).hasValue("Two shapes");
    assertThat(job.on(Flavor.PROVISIONED).extraction().source())
        .isEqualTo(new JobSource.Table(TableRef.of("public", "stl_x")));
    assertThat(job.on(Flavor.SERVERLESS).extraction().source())
        .isEqualTo(new JobSource.Query(new SqlTemplate("select * from sys_x")));
    assertThat(job.on(Flavor.SERVERLESS).extraction().watermark().orElseThrow().columns())
        .containsExactly("start_time");
    assertThat(job.on(Flavor.SERVERLESS).extraction().watermark().orElseThrow().lookback())
        .isEqualTo(new Lookback.OfTime(Duration.ofHours(1)));
    assertThat(job.on(Flavor.SERVERLESS).destination())
        .isEqualTo(job.on(Flavor.PROVISIONED).destination());
  }

  @Test
  void writes_to_the_target_schema_unless_it_names_one() {
    qupersync.yaml(
        """
        source: { host: a, database: b, user: c, password: d }
        target: { host: a, database: b, user: c, password: d, schema: metrics }
        jobs:
          here: { source: { table: t }, target: t, key: id }
          there: { source: { table: '"Sales"."Order Line"' }, target: analytics.t, key: id }
        """);

    assertThat(qupersync.job("here").destination().table()).isEqualTo(TableRef.of("metrics", "t"));
    assertThat(qupersync.job("there").destination().table())
        .isEqualTo(TableRef.of("analytics", "t"));
    assertThat(qupersync.job("there").extraction().source())
        .isEqualTo(new JobSource.Table(TableRef.of("Sales", "Order Line")));
    assertThat(qupersync.job("table_stats_sync").destination().table())
        .isEqualTo(TableRef.of("metrics", "table_stats"));
  }
}
