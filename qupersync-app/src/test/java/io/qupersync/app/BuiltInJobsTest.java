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
  void tell_which_statement_scanned_and_which_table_was_vacuumed() throws SQLException {
    assertThat(trial.run("run", "--all").exit()).isEqualTo(ExitCode.DONE);

    assertThat(
            trial.targetRows(
                """
                select s.* from quper.table_scan_stats s
                where  s.transaction_id is not null
                and    s.start_time > (select min(start_time) + interval '1 day' from quper.query_history)
                and    not exists (select from quper.query_history h where h.transaction_id = s.transaction_id)
                """))
        .isEmpty();
    assertThat(
            trial.targetRows(
                "select count(*) > 100 from quper.table_scan_stats where transaction_id is not null"))
        .isEqualTo(List.of(List.of("t")));
    assertThat(
            trial.targetRows(
                """
                select v.database_name, v.schema_name, v.table_name, t.database_name, t.schema_name, t.table_name
                from   quper.vacuum_history v
                join   quper.table_stats t using (table_id)
                where  (v.database_name, v.schema_name, v.table_name)
                       is distinct from (t.database_name, t.schema_name, t.table_name)
                """))
        .isEmpty();
  }

  @Test
  void keep_the_name_of_a_table_that_is_gone_by_the_next_run() throws SQLException {
    String vacuumed =
        "select count(*) > 0, count(*) = count(table_name) from quper.vacuum_history where schema_name = 'gone'";
    trial.atSource(
        "create schema gone",
        "create table gone.soon as select 1 as n",
        "analyze gone.soon",
        """
        insert into stl_vacuum (userid, xid, table_id, status, eventtime)
        select 100, 1, 'gone.soon'::regclass::oid::int, 'Finished', max(eventtime) from stl_vacuum
        """);
    trial.run("run", "vacuum_history_sync");
    assertThat(trial.targetRows(vacuumed)).isEqualTo(List.of(List.of("t", "t")));

    trial.atSource("drop schema gone cascade");
    trial.run("run", "vacuum_history_sync");

    assertThat(trial.targetRows(vacuumed)).isEqualTo(List.of(List.of("t", "t")));
  }

  @Test
  void tell_with_which_driver_and_system_a_session_came() throws SQLException {
    assertThat(trial.run("run", "applications_sync").exit()).isEqualTo(ExitCode.DONE);

    String events =
        """
        select count(*), count(distinct %s), count(nullif(rtrim(application_name), '')), count(nullif(rtrim(driver_version), '')),
               count(nullif(rtrim(os_version), '')), count(nullif(rtrim(plugin_name), ''))
        from   %s where rtrim(user_name) <> 'rdsdb' and %s > '2026-02-26'
        """;
    assertThat(
            trial.targetRows(events.formatted("session_guid", "quper.applications", "event_time")))
        .isEqualTo(
            trial.sourceRows(
                events.formatted("global_session_id", "sys_connection_log", "record_time")));
    assertThat(
            trial.targetRows(
                "select count(*) from quper.applications where driver_version <> '' and os_version <> ''"))
        .isNotEqualTo(List.of(List.of("0")));
  }

  @Test
  void leave_out_what_the_jobs_ask_themselves() throws SQLException {
    trial.atSource(
        """
        update sys_query_history set query_label = 'qupersync'
        where  query_id in (select query_id from pg_redshift.child_queries c join stl_scan s using (query)
                            where s."type" = 2 and s.userid > 1 order by query desc limit 5)
        """);
    String own =
        "select distinct q.transaction_id::text from sys_query_history q where rtrim(q.query_label) = 'qupersync'";
    List<String> transactions = trial.sourceRows(own).stream().map(List::getFirst).toList();
    assertThat(transactions).isNotEmpty();
    trial.run("run", "--all", "--full");

    trial.atTarget("truncate quper.table_scan_stats, quper.alert_events, quper.query_history");
    trial.run("run", "--all", "--full");

    assertThat(
            trial.targetRows(
                "select transaction_id::text from quper.table_scan_stats where transaction_id is not null"
                    + " union select xid::text from quper.alert_events"
                    + " union select transaction_id::text from quper.query_history"))
        .isNotEmpty()
        .noneSatisfy(row -> assertThat(transactions).contains(row.getFirst()));
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
