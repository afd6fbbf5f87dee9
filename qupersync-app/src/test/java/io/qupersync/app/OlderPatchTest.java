package io.qupersync.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.interfaces.cli.ExitCode;
import io.qupersync.sandbox.data.LivelyCluster;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The built-in jobs at a cluster whose system views lack columns of later patches. */
class OlderPatchTest {

  @TempDir static Path directory;
  private static Trial trial;

  @BeforeAll
  static void start() throws SQLException {
    trial = new Trial(directory);
    LivelyCluster.raise(trial.source(), 5, 1, InstantSource.system());
  }

  @AfterAll
  static void stop() {
    trial.close();
  }

  private static void rename(String view, String column, String to) throws SQLException {
    trial.atSource(
        "set allow_system_table_mods = on",
        "alter table pg_catalog.%s rename column %s to %s".formatted(view, column, to));
  }

  @ParameterizedTest
  @CsvSource({
    "query_history_sync, sys_query_history, username, query_history.user_name",
    "query_history_sync, sys_query_history, result_cache_query_id, query_history.result_cache_query_id",
    "query_history_sync, sys_query_history, generic_query_hash, query_history.generic_query_hash",
    "alert_events_sync, stl_alert_event_log, solution, alert_events.solution",
    "scan_stats_sync, stl_scan, rows_pre_filter, table_scan_stats.rows_pre_filter",
    "applications_sync, stl_connection_log, plugin_name, applications.plugin_name",
    "applications_sync, sys_connection_log, plugin_name, applications.plugin_name",
    "node_details_sync, stv_node_storage_capacity, used, node_details.used_mb"
  })
  void a_column_that_the_source_lacks_is_null_and_said(
      String job, String view, String column, String target) throws SQLException {
    trial.run("run", job);
    String table = target.substring(0, target.indexOf('.'));
    String name = target.substring(target.indexOf('.') + 1);
    trial.atTarget("drop schema quper cascade");
    if (isView(view)) {
      return;
    }
    rename(view, column, "of_a_later_patch");
    try {
      Trial.Ended run = trial.run("run", job, "--json");

      assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.DONE);
      assertThat(rows(table)).isPositive();
      assertThat(trial.targetRows("select count(%s) from quper.%s".formatted(name, table)))
          .containsExactly(
              List.of(run.out().contains("lacks " + column) ? "0" : Long.toString(rows(table))));
      assertThat(trial.run("run", job, "--json").out()).contains("\"status\": \"success\"");
    } finally {
      rename(view, "of_a_later_patch", column);
    }
    assertThat(trial.run("run", job, "--full").exit()).isEqualTo(ExitCode.DONE);
  }

  private static boolean isView(String name) throws SQLException {
    return trial
        .sourceRows("select relkind from pg_catalog.pg_class where relname = '%s'".formatted(name))
        .equals(List.of(List.of("v")));
  }

  private static long rows(String table) throws SQLException {
    return Long.parseLong(
        trial.targetRows("select count(*) from quper." + table).getFirst().getFirst());
  }

  @Test
  void the_remark_names_every_missing_column() throws SQLException {
    rename("sys_query_history", "username", "later_one");
    rename("sys_query_history", "usage_limit", "later_two");
    try {
      assertThat(trial.run("run", "query_history_sync", "--json").out())
          .contains("lacks username, usage_limit");
    } finally {
      rename("sys_query_history", "later_one", "username");
      rename("sys_query_history", "later_two", "usage_limit");
    }
  }

  @ParameterizedTest
  @CsvSource({"transaction_id", "start_time", "query_label"})
  void a_column_that_the_job_cannot_do_without_is_a_clear_failure(String column)
      throws SQLException {
    rename("sys_query_history", column, "later");
    try {
      Trial.Ended run = trial.run("run", "query_history_sync");

      assertThat(run.exit()).isEqualTo(ExitCode.FAILED);
      assertThat(run.err() + run.out()).contains("lacks the column '" + column + "'");
    } finally {
      rename("sys_query_history", "later", column);
    }
  }
}
