package io.qupersync.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.interfaces.cli.ExitCode;
import io.qupersync.sandbox.data.LivelyCluster;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The eight jobs with nothing but environment variables, an hour apart. */
class BuiltInJobsTest {

  private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");

  @TempDir static Path directory;
  private static Trial trial;
  private static LivelyCluster cluster;

  @BeforeAll
  static void start() throws SQLException {
    trial = new Trial(directory);
    cluster = LivelyCluster.raise(trial.source(), 42, 1, () -> NOW);
  }

  @AfterAll
  static void stop() {
    trial.close();
  }

  @Test
  void follow_a_lively_cluster() throws SQLException {
    Trial.Ended first = trial.run("run", "--all", "--json");
    assertThat(first.exit()).as(first.out() + first.err()).isEqualTo(ExitCode.DONE);
    assertThat(first.out().split("\"status\": \"success\"", -1)).hasSize(9);
    assertThat(first.out()).doesNotContain("\"rows_extracted\": 0");

    Trial.Ended again = trial.run("run", "--all", "--json");
    assertThat(again.out()).doesNotContainPattern("\"rows_(upserted|deleted)\": [1-9]");

    cluster.tick();
    assertThat(trial.run("run", "--all").exit()).isEqualTo(ExitCode.DONE);
    assertThat(
            trial.targetRows("select schema_name, table_name from quper.table_stats order by 1, 2"))
        .isEqualTo(
            trial.sourceRows("select \"schema\", \"table\" from svv_table_info order by 1, 2"));
    assertThat(
            trial.targetRows("select count(*) from quper.query_history where status = 'running'"))
        .isEqualTo(
            trial.sourceRows(
                "select count(*) from sys_query_history where rtrim(status) = 'running' and user_id > 1"));
  }

  @Test
  void stop_before_a_lost_privilege_empties_a_table() throws SQLException {
    trial.run("run", "node_details_sync");
    List<List<String>> before = trial.targetRows("select count(*) from quper.node_details");
    trial.atSource(
        "create table public.kept as table stv_node_storage_capacity",
        "delete from stv_node_storage_capacity where node > 0");
    try {
      Trial.Ended run = trial.run("run", "node_details_sync");

      assertThat(run.exit()).isEqualTo(ExitCode.FAILED);
      assertThat(run.out()).contains("--allow-deletes");
      assertThat(trial.targetRows("select count(*) from quper.node_details")).isEqualTo(before);
    } finally {
      trial.atSource(
          "delete from stv_node_storage_capacity",
          "insert into stv_node_storage_capacity table public.kept",
          "drop table public.kept");
    }
  }
}
