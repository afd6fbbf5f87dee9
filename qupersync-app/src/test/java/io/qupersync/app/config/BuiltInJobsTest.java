package io.qupersync.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.domain.job.Flavor;
import io.qupersync.domain.job.JobSource;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.domain.job.Lookback;
import io.qupersync.domain.job.MetadataColumns;
import io.qupersync.domain.job.Schedule;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.job.SyncMode;
import io.qupersync.domain.table.ColumnType.Plain;
import io.qupersync.interfaces.text.Durations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuiltInJobsTest {

  @TempDir Path directory;
  private ConfigurationFixture qupersync;

  @BeforeEach
  void a_whole_environment() {
    qupersync = new ConfigurationFixture(directory).with(ConfigurationFixture.wholeEnvironment());
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "table_stats_sync,    table_stats,      mirror,      -,          -,   mirror,      -",
        "vacuum_history_sync, vacuum_history,   incremental, event_time, 1h,  incremental, start_time",
        "query_history_sync,  query_history,    incremental, start_time, 1d,  incremental, start_time",
        "alert_events_sync,   alert_events,     incremental, event_time, 1d,  incremental, start_time",
        "node_details_sync,   node_details,     mirror,      -,          -,   incremental, start_time",
        "column_stats_sync,   column_stats,     mirror,      -,          -,   mirror,      -",
        "scan_stats_sync,     table_scan_stats, incremental, start_time, 1d,  incremental, start_time",
        "applications_sync,   applications,     incremental, event_time, 1h,  incremental, event_time",
      })
  void are_as_documented(
      String name,
      String table,
      String mode,
      String watermark,
      String lookback,
      String serverlessMode,
      String serverlessWatermark) {
    JobVariants job = qupersync.flavoredJob(name);

    assertThat(job.provisioned().destination().table()).hasToString("quper." + table);
    assertThat(job.serverless().destination().table()).hasToString("quper." + table);
    assertThat(mode(job.provisioned())).isEqualTo(mode);
    assertThat(mode(job.serverless())).isEqualTo(serverlessMode);
    assertThat(watermark(job.provisioned())).isEqualTo(Optional.ofNullable(watermark));
    assertThat(watermark(job.serverless())).isEqualTo(Optional.ofNullable(serverlessWatermark));
    assertThat(lookback(job.provisioned())).isEqualTo(Optional.ofNullable(lookback));
  }

  private static String mode(SyncJob job) {
    return Values.word(job.mode(), '-');
  }

  private static Optional<String> watermark(SyncJob job) {
    return job.extraction().watermark().map(rule -> String.join(",", rule.columns()));
  }

  private static Optional<String> lookback(SyncJob job) {
    return job.extraction()
        .watermark()
        .map(rule -> Durations.text(((Lookback.OfTime) rule.lookback()).reach()));
  }

  @Test
  void stamp_their_rows_and_lead_their_key_with_the_source() {
    for (JobVariants job : qupersync.loaded().jobs().all()) {
      for (Flavor flavor : Flavor.values()) {
        assertThat(job.on(flavor).destination().stamps())
            .isEqualTo(new MetadataColumns(Optional.of("source_id"), Optional.of("synced_at")));
        assertThat(job.on(flavor).destination().key())
            .startsWith("source_id")
            .hasSizeGreaterThan(1);
      }
    }
  }

  @Test
  void differ_by_flavor_where_redshift_does() {
    assertThat(qupersync.loaded().jobs().all())
        .filteredOn(JobVariants::dependsOnFlavor)
        .extracting(job -> job.id().value())
        .containsExactly(
            "vacuum_history_sync", "alert_events_sync", "node_details_sync", "scan_stats_sync");
  }

  @Test
  void have_their_nodes_from_aws_where_the_user_says_so() {
    SyncJob byAws =
        qupersync
            .with("REDSHIFT_FLAVOR", "ra3")
            .with("REDSHIFT_CLUSTER_IDENTIFIER", "metrics")
            .flavoredJob("node_details_sync")
            .provisioned();

    assertThat(byAws.extraction().source()).isEqualTo(new JobSource.Nodes());
    assertThat(byAws.mode()).isEqualTo(SyncMode.MIRROR);
    assertThat(byAws.columns().rules()).isEmpty();
    assertThat(byAws.destination().key()).containsExactly("source_id", "placement", "node_role");
    assertThat(qupersync.flavoredJob("vacuum_history_sync").provisioned().extraction().watermark())
        .isPresent();
  }

  @Test
  void can_be_overridden_key_by_key() {
    SyncJob before = qupersync.job("query_history_sync");
    SyncJob after =
        qupersync
            .yaml(
                """
                jobs:
                  query_history_sync:
                    schedule: { every: 10m }
                    watermark: { lookback: 2d }
                    columns: { session_id: { type: bigint } }
                    exclude: [query_text]
                """)
            .job("query_history_sync");

    assertThat(after.schedule()).isEqualTo(new Schedule.Every(Duration.ofMinutes(10)));
    var rule = after.extraction().watermark().orElseThrow();
    assertThat(rule.lookback()).isEqualTo(new Lookback.OfTime(Duration.ofDays(2)));
    assertThat(rule.columns()).containsExactly("start_time");
    assertThat(rule.first()).isEqualTo(before.extraction().watermark().orElseThrow().first());
    assertThat(after.columns().rules())
        .extracting(column -> Map.entry(column.name(), column.type().orElseThrow()))
        .containsExactly(
            Map.entry("result_cache_query_id", Plain.BIGINT),
            Map.entry("session_id", Plain.BIGINT));
    assertThat(after.columns().excluded()).containsExactly("query_text");
    assertThat(after.extraction().source()).isEqualTo(before.extraction().source());
    assertThat(after.destination()).isEqualTo(before.destination());
  }

  @Test
  void take_an_override_for_both_flavors_or_for_one() {
    JobVariants job =
        qupersync
            .yaml(
                """
                jobs:
                  vacuum_history_sync:
                    batch_size: 77
                    watermark: { lookback: 3h }
                    flavors:
                      serverless: { watermark: { lookback: 4h }, source: { table: my_view } }
                """)
            .flavoredJob("vacuum_history_sync");

    assertThat(lookback(job.provisioned())).hasValue("3h");
    assertThat(lookback(job.serverless())).hasValue("4h");
    assertThat(job.provisioned().limits().batchSize()).isEqualTo(77);
    assertThat(job.serverless().limits().batchSize()).isEqualTo(77);
    assertThat(job.provisioned().extraction().source()).isInstanceOf(JobSource.Query.class);
    assertThat(job.serverless().extraction().source()).isInstanceOf(JobSource.Table.class);
  }

  @Test
  void read_the_sys_views_on_a_cluster_too_where_the_source_says_so() {
    var said = qupersync.yaml("source: { flavor: provisioned, views: sys }");

    for (String name : List.of("vacuum_history_sync", "alert_events_sync", "scan_stats_sync")) {
      JobVariants job = said.flavoredJob(name);
      assertThat(job.provisioned()).as(name).isEqualTo(job.serverless());
    }
    JobVariants nodes = said.flavoredJob("node_details_sync");
    assertThat(nodes.provisioned().extraction().source().toString())
        .contains("stv_node_storage_capacity");
  }

  @Test
  void lose_a_key_that_is_overridden_with_nothing() {
    SyncJob job =
        qupersync
            .yaml("jobs: { applications_sync: { mode: mirror, watermark: ~ } }")
            .job("applications_sync");

    assertThat(job.mode()).isEqualTo(SyncMode.MIRROR);
    assertThat(job.extraction().watermark()).isEmpty();
  }

  @Test
  void can_be_taken_away_one_by_one() {
    assertThat(
            qupersync
                .yaml("jobs: { scan_stats_sync: { enabled: false }, table_stats_sync: }")
                .loaded()
                .jobs()
                .all())
        .hasSize(7)
        .noneMatch(job -> job.id().value().equals("scan_stats_sync"));
  }

  @Test
  void can_be_taken_away_all() {
    qupersync.yaml(
        "builtin_jobs: false\njobs: { table_stats_sync: { source: { table: t }, target: t, key: id } }");

    assertThat(qupersync.loaded().jobs().all())
        .extracting(job -> job.id().value())
        .containsExactly("table_stats_sync");
    assertThat(qupersync.job("table_stats_sync").mode()).isEqualTo(SyncMode.UPSERT);
  }

  @Test
  void stand_before_the_users_own() {
    assertThat(
            qupersync
                .yaml("jobs: { a: { source: { table: t }, target: t, key: id } }")
                .loaded()
                .jobs()
                .all())
        .last()
        .satisfies(job -> assertThat(job.id().value()).isEqualTo("a"));
  }
}
