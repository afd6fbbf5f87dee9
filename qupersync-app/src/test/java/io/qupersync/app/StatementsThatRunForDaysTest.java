package io.qupersync.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.interfaces.cli.ExitCode;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statements and vacuums that end when no window of the built-in jobs reaches them any more. */
class StatementsThatRunForDaysTest {

  @TempDir static Path directory;
  private static Trial trial;

  @BeforeAll
  static void start() throws SQLException {
    trial = new Trial(directory);
    trial.file("serverless.yaml", "source: { flavor: serverless }\n");
  }

  @AfterAll
  static void stop() {
    trial.close();
  }

  @BeforeEach
  void clear() throws SQLException {
    trial.atTarget("drop schema if exists quper cascade");
    trial.atSource("delete from sys_query_history", "delete from sys_vacuum_history");
  }

  @Test
  void a_statement_is_not_running_for_ever() throws SQLException {
    trial.atSource(
        """
        insert into sys_query_history (user_id, query_id, transaction_id, status, start_time)
        values (100, 1, 11, 'running', now() at time zone 'UTC' - interval '3 days'),
               (100, 2, 12, 'running', now() at time zone 'UTC' - interval '2 days'),
               (100, 3, 13, 'success', now() at time zone 'UTC' - interval '1 minute')\
        """);
    run("query_history_sync");
    trial.atSource(
        "update sys_query_history set status = 'success', end_time = now() at time zone 'UTC', elapsed_time = 7 where query_id = 1");

    run("query_history_sync");

    assertThat(
            trial.targetRows(
                "select query_id, status, elapsed_us from quper.query_history order by query_id"))
        .containsExactly(
            List.of("1", "success", "7"),
            java.util.Arrays.asList("2", "running", null),
            java.util.Arrays.asList("3", "success", null));
  }

  @Test
  void a_vacuum_of_a_workgroup_is_not_running_for_ever() throws SQLException {
    trial.atSource(
        """
        insert into sys_vacuum_history (transaction_id, table_id, status, start_time)
        values (1, 10, 'Started', now() at time zone 'UTC' - interval '3 days'),
               (2, 10, 'Started', now() at time zone 'UTC' - interval '1 minute')\
        """);
    run("vacuum_history_sync", "--config", "serverless.yaml");
    trial.atSource(
        "update sys_vacuum_history set status = 'Finished', end_time = now() at time zone 'UTC' where transaction_id = 1");

    run("vacuum_history_sync", "--config", "serverless.yaml");

    assertThat(
            trial.targetRows(
                "select transaction_id, status, end_time is null from quper.vacuum_history order by 1"))
        .containsExactly(List.of("1", "Finished", "f"), List.of("2", "Started", "t"));
  }

  @Test
  void open_statements_are_found_by_an_index_of_their_own() throws SQLException {
    run("query_history_sync");

    assertThat(
            trial.targetRows(
                "select indexdef from pg_indexes where tablename = 'query_history' and indexname like 'qupersync_open_%'"))
        .singleElement()
        .asString()
        .contains("start_time, transaction_id, query_id", "WHERE", "running");
    assertThat(trial.run("plan", "query_history_sync").out()).doesNotContain("create index");
  }

  private static void run(String... arguments) {
    var all = new java.util.ArrayList<>(List.of("run"));
    all.addAll(List.of(arguments));
    Trial.Ended run = trial.run(all.toArray(String[]::new));
    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(ExitCode.DONE);
  }
}
