package io.qupersync.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.interfaces.cli.ExitCode;
import io.qupersync.sandbox.standin.RedshiftStandIn;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What becomes of a watermark whose job is defined otherwise by now, or whose target is not what it
 * was.
 */
class ChangedDefinitionsTest {

  private static final String SOURCE =
      """
      create table %s (order_id bigint, region text, amount numeric(10,2), placed_at timestamp, updated_at timestamp)\
      """;
  private static final String ROWS =
      """
      insert into %s select i, case when i %% 2 = 0 then 'eu' else 'us' end, i,
        timestamp '2026-01-02' - i * interval '1 minute', timestamp '2026-01-01' + i * interval '1 minute'
      from generate_series(1, 100) i\
      """;
  private static final String JOB =
      """
      builtin_jobs: false
      jobs:
        orders:
          source: { table: public.orders }
          target: analytics.orders
          key: [order_id]
          mode: incremental
          watermark: { column: updated_at, lookback: 0s }
          schedule: manual
          columns: { amount: { type: "numeric(12,2)" } }
      """;

  @TempDir static Path directory;
  private static Trial trial;

  @BeforeAll
  static void start() throws SQLException {
    trial = new Trial(directory);
  }

  @AfterAll
  static void stop() {
    trial.close();
  }

  @BeforeEach
  void oneHundredOrdersAreCopied() throws SQLException {
    trial.atTarget(
        "drop schema if exists analytics cascade", "drop schema if exists quper cascade");
    trial.atSource(
        "drop table if exists public.orders, public.orders2",
        SOURCE.formatted("public.orders"),
        SOURCE.formatted("public.orders2"),
        ROWS.formatted("public.orders"),
        ROWS.formatted("public.orders2"),
        "grant select on public.orders, public.orders2 to public");
    define(JOB);
    ok(trial.run("run", "orders"));
    assertThat(rows("analytics.orders")).isEqualTo(100);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "column: updated_at | column: placed_at | updated_at timestamp → placed_at timestamp",
        "table: public.orders | table: public.orders2 | orders\" → table \"public\".\"orders2",
        "target: analytics.orders | target: analytics.orders2 | target: \"analytics\".\"orders\" → \"analytics\".\"orders2\"",
        "key: [order_id] | key: [order_id, region] | key: order_id → order_id, region",
      })
  void stops_when_the_definition_has_changed(String before, String after, String told)
      throws SQLException {
    define(JOB.replace(before, after));

    Trial.Ended run = trial.run("run", "orders");

    stopped(run, told);
    assertThat(trial.targetRows("select to_regclass('analytics.orders2') is null"))
        .containsExactly(List.of("t"));
  }

  @Test
  void a_key_of_a_type_that_only_the_target_understands_stops_nothing() throws SQLException {
    trial.run("watermark", "reset", "orders");
    trial.atTarget(
        "drop table analytics.orders",
        "create extension if not exists ltree schema public",
        "create table analytics.orders (region public.ltree primary key, order_id bigint, amount numeric(12,2), placed_at timestamp, updated_at timestamp)");
    define(JOB.replace("key: [order_id]", "key: [region]"));
    ok(trial.run("run", "orders"));
    ok(trial.run("run", "orders"));

    trial.atTarget("truncate analytics.orders");

    stopped(trial.run("run", "orders"), "is empty");
  }

  @Test
  void remarks_on_another_instance_that_defines_a_job_without_a_watermark_otherwise()
      throws SQLException {
    trial.run("watermark", "reset", "orders");
    String upsert = JOB.replace("incremental", "upsert").replaceAll(".*watermark.*\n", "");
    define(upsert);
    ok(trial.run("run", "orders"));
    define(upsert.replace("target: analytics.orders", "target: analytics.orders2"));
    assertThat(trial.run("run", "orders").out()).doesNotContain("another definition");
    trial.atTarget(
        "update quper.qupersync_state set metadata = metadata || '{\"by\": \"elsewhere\"}'");
    define(upsert);

    Trial.Ended run = trial.run("run", "orders");

    ok(run);
    assertThat(run.out()).contains("instance elsewhere", "another definition", "analytics");
    assertThat(trial.run("run", "orders").out()).doesNotContain("another definition");
  }

  @Test
  void names_the_instance_that_runs_the_job_by_another_definition() throws SQLException {
    String instance =
        trial
            .targetRows("select metadata ->> 'by' from quper.qupersync_state")
            .getFirst()
            .getFirst();
    define(JOB.replace("target: analytics.orders", "target: analytics.orders2"));

    assertThat(instance).contains(Long.toString(ProcessHandle.current().pid()));
    stopped(trial.run("run", "orders"), "made for something else by instance " + instance);
  }

  @ParameterizedTest
  @CsvSource({"updated_at, timestamptz", "updated_at, date", "order_id, text"})
  void offers_only_what_helps_when_the_watermark_is_of_another_type(String column, String type)
      throws SQLException {
    String yaml = JOB.replace("updated_at, lookback: 0s", column);
    define(yaml);
    ok(trial.run("run", "orders", "--full"));
    trial.atSource(
        "alter table public.orders alter column %s type %s using %s::%s"
            .formatted(column, type, column, type));

    Trial.Ended run = trial.run("run", "orders");

    assertThat(run.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(run.out() + run.err())
        .contains("run orders --full", "watermark reset orders", "watermark set orders")
        .doesNotContain("watermark keep");
  }

  @Test
  void a_full_run_makes_the_watermark_good_again() throws SQLException {
    define(JOB.replace("column: updated_at", "column: placed_at"));
    trial.run("run", "orders");

    ok(trial.run("run", "orders", "--full"));

    assertThat(trial.targetRows("select watermark from quper.qupersync_state"))
        .containsExactly(List.of("2026-01-01 23:59:00"));
    trial.atSource(
        "insert into public.orders values (101, 'eu', 1, '2026-01-02 01:00', '2026-01-01 00:00')");
    ok(trial.run("run", "orders"));
    assertThat(rows("analytics.orders")).isEqualTo(101);
  }

  @Test
  void a_reset_or_a_new_watermark_settles_a_change() throws SQLException {
    define(JOB.replace("target: analytics.orders", "target: analytics.orders2"));
    stopped(trial.run("run", "orders"), "target");

    ok(trial.run("watermark", "reset", "orders"));
    ok(trial.run("run", "orders"));

    assertThat(rows("analytics.orders2")).isEqualTo(100);

    define(JOB.replace("target: analytics.orders", "target: analytics.orders3"));
    stopped(trial.run("run", "orders"), "target");
    ok(trial.run("watermark", "set", "orders", "2026-01-01 01:31"));
    ok(trial.run("run", "orders"));

    assertThat(rows("analytics.orders3")).isEqualTo(10);
  }

  @Test
  void a_watermark_that_is_kept_goes_on() throws SQLException {
    define(JOB.replace("table: public.orders", "query: select * from public.orders"));
    stopped(trial.run("run", "orders"), "what is read");

    Trial.Ended kept = trial.run("watermark", "keep", "orders");

    ok(kept);
    assertThat(kept.out()).contains("the watermark is 2026-01-01 01:40:00 now");
    Trial.Ended run = trial.run("run", "orders", "--json");
    ok(run);
    assertThat(run.out()).contains("\"rows_extracted\": 1");
  }

  @Test
  void stops_when_a_filter_of_the_query_has_changed_and_not_for_a_comment() throws SQLException {
    trial.run("watermark", "reset", "orders");
    String query = JOB.replace("{ table: public.orders }", "{ query: \"%s\" }");
    define(query.formatted("select * from public.orders where region = 'eu'"));
    ok(trial.run("run", "orders"));

    define(
        query.formatted("SELECT *   from public.orders /* of Europe */ where region='eu' -- all"));
    ok(trial.run("run", "orders"));

    define(query.formatted("select * from public.orders where region = 'us'"));
    stopped(trial.run("run", "orders"), "'eu'");
    define(query.formatted("select * from public.orders where region = 'EU'"));
    stopped(trial.run("run", "orders"), "'EU'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lookback: 0s | lookback: 10m",
        "schedule: manual | schedule: { every: 5m }",
        "mode: incremental | batch_size: 7",
        "key: [order_id] | key: [\"order_id\"]",
        "column: updated_at | column: [updated_at, order_id]",
      })
  void goes_on_after_a_change_by_which_no_row_is_missed(String before, String after)
      throws SQLException {
    define(JOB.replace(before, after));
    trial.atSource("insert into public.orders values (101, 'eu', 1, '2026-01-02', '2026-01-02')");

    ok(trial.run("run", "orders"));

    assertThat(rows("analytics.orders")).isEqualTo(101);
  }

  @Test
  void goes_on_with_a_target_that_was_renamed_with_its_rows() throws SQLException {
    trial.atTarget("alter table analytics.orders rename to orders2");
    define(JOB.replace("target: analytics.orders", "target: analytics.orders2"));
    trial.atSource("insert into public.orders values (101, 'eu', 1, '2026-01-02', '2026-01-02')");

    ok(trial.run("run", "orders"));

    assertThat(rows("analytics.orders2")).isEqualTo(101);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "drop table analytics.orders | analytics.orders is gone",
        "truncate analytics.orders | analytics.orders is empty",
        "delete from analytics.orders | analytics.orders is empty",
        "create table analytics.o as select * from analytics.orders; drop table analytics.orders; alter table analytics.o rename to orders; create unique index on analytics.orders (order_id) | made anew",
        "delete from analytics.orders where order_id > 90 | lacks the newest row",
        "update analytics.orders set updated_at = updated_at - interval '1 day' | lacks the newest row",
      })
  void stops_when_the_target_has_lost_rows(String loss, String told) throws SQLException {
    trial.atTarget(loss);

    stopped(trial.run("run", "orders"), told);

    // neither is it hidden by what a backfill brings
    ok(trial.run("run", "orders", "--from", "2026-01-01 01:35:00"));
    assertThat(trial.run("run", "orders").exit()).isEqualTo(ExitCode.FAILED);

    ok(trial.run("run", "orders", "--full"));
    ok(trial.run("run", "orders"));
    assertThat(rows("analytics.orders")).isEqualTo(100);
  }

  @Test
  void stops_when_the_target_was_restored_to_an_older_state() throws SQLException {
    trial.atTarget("create table public.backup as select * from analytics.orders");
    trial.atSource(
        "update public.orders set amount = 0, updated_at = '2026-02-01' where order_id <= 20");
    ok(trial.run("run", "orders"));

    trial.atTarget(
        "truncate analytics.orders",
        "insert into analytics.orders select * from public.backup",
        "drop table public.backup");

    stopped(trial.run("run", "orders"), "restored to an older state");
  }

  @Test
  void lets_users_delete_old_rows_and_even_the_newest_but_one() throws SQLException {
    trial.atTarget("delete from analytics.orders where order_id < 50");
    ok(trial.run("run", "orders"));
    trial.atSource(
        "insert into public.orders select i, 'eu', 1, '2026-01-02', '2026-01-02' from generate_series(101, 102) i");
    ok(trial.run("run", "orders"));
    trial.atTarget("delete from analytics.orders where order_id = 102");

    ok(trial.run("run", "orders"));
    ok(trial.run("run", "orders"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "timestamp '2026-01-01 00:50' | verify orders --repair",
        "timestamp '2026-01-01 00:50' | run orders --from 2026-01-01 --to 2026-01-01T01:00",
        "null::timestamp | run orders",
        "null::timestamp | verify orders --repair",
      })
  void goes_on_when_it_has_written_itself_that_the_newest_row_is_older(String at, String command)
      throws SQLException {
    trial.atSource("update public.orders set updated_at = " + at + " where order_id = 100");
    trial.run(command.split(" "));
    assertThat(
            trial.targetRows(
                "select updated_at is not distinct from %s from analytics.orders where order_id = 100"
                    .formatted(at)))
        .containsExactly(List.of("t"));

    ok(trial.run("run", "orders"));

    trial.atTarget("delete from analytics.orders where order_id > 90");
    stopped(trial.run("run", "orders"), "lacks the newest row");
  }

  @Test
  void keeps_going_with_an_emptied_target_when_told_so() throws SQLException {
    trial.atTarget("truncate analytics.orders");
    stopped(trial.run("run", "orders"), "is empty");

    ok(trial.run("watermark", "keep", "orders"));
    trial.atSource("insert into public.orders values (101, 'eu', 1, '2026-01-02', '2026-01-02')");
    ok(trial.run("run", "orders"));

    assertThat(rows("analytics.orders")).isEqualTo(2);
  }

  @Test
  void stops_when_another_cluster_is_read() throws SQLException {
    try (RedshiftStandIn other = RedshiftStandIn.start()) {
      try (Connection connection = other.adminConnection();
          Statement statement = connection.createStatement()) {
        statement.execute(SOURCE.formatted("public.orders"));
        statement.execute(ROWS.formatted("public.orders"));
        statement.execute("grant select on public.orders to public");
      }

      Trial.Ended run =
          trial.runWith(
              Map.of(
                  "REDSHIFT_HOST", other.host(),
                  "REDSHIFT_PORT", Integer.toString(other.port()),
                  "REDSHIFT_DB", other.database(),
                  "REDSHIFT_USER", other.user(),
                  "REDSHIFT_PASSWORD", other.password()),
              "run",
              "orders");

      stopped(run, "source: ");
    }
  }

  @Test
  void takes_a_state_of_an_older_version_as_it_is_once() throws SQLException {
    trial.atTarget(
        "update quper.qupersync_state set metadata = metadata - 'fingerprint' - 'witness'");

    ok(trial.run("run", "orders"));

    assertThat(trial.targetRows("select metadata ? 'fingerprint' from quper.qupersync_state"))
        .containsExactly(List.of("t"));
    define(JOB.replace("column: updated_at", "column: placed_at"));
    stopped(trial.run("run", "orders"), "watermark column");
  }

  @Test
  void stops_when_a_state_of_an_older_version_meets_a_target_that_is_gone() throws SQLException {
    trial.atTarget(
        "update quper.qupersync_state set metadata = metadata - 'fingerprint' - 'witness'",
        "drop table analytics.orders");

    stopped(trial.run("run", "orders"), "is gone");
    stopped(trial.run("run", "orders"), "is gone");
  }

  @Test
  void a_job_without_a_watermark_has_nothing_to_lose() throws SQLException {
    define(JOB.replace("mode: incremental", "mode: upsert").replaceAll(".*watermark.*\\n", ""));
    ok(trial.run("run", "orders"));
    trial.atTarget("drop table analytics.orders");

    ok(trial.run("run", "orders"));

    assertThat(rows("analytics.orders")).isEqualTo(100);
  }

  @Test
  void stops_when_the_first_run_begins_earlier_than_it_did_and_not_when_later()
      throws SQLException {
    trial.run("watermark", "reset", "orders");
    String since = JOB.replace("lookback: 0s", "lookback: 0s, initial: \"2026-01-01 %s\"");
    define(since.formatted("01:00"));
    ok(trial.run("run", "orders"));

    define(since.formatted("01:10"));
    ok(trial.run("run", "orders"));
    define(since.formatted("00:50"));
    stopped(trial.run("run", "orders"), "initial: ");
  }

  @Test
  void shows_what_a_watermark_was_made_for() {
    assertThat(trial.run("watermark", "show", "orders").out())
        .contains("made for", "table \"public\".\"orders\"", "updated_at timestamp");
    assertThat(trial.run("watermark", "show", "orders", "--json").out())
        .contains("\"made_for\"", "\"key\": \"order_id\"");
    assertThat(trial.run("status", "orders").out()).contains("made for");
  }

  private static void define(String yaml) {
    trial.file("qupersync.yaml", yaml);
  }

  private static void ok(Trial.Ended run) {
    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(ExitCode.DONE);
  }

  private static void stopped(Trial.Ended run, String told) throws SQLException {
    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(ExitCode.FAILED);
    assertThat(run.out() + run.err())
        .contains(told)
        .contains("run orders --full", "watermark reset orders", "watermark keep orders");
    assertThat(
            trial.targetRows(
                "select status, rows_extracted from quper.sync_logs order by run_id desc limit 1"))
        .containsExactly(List.of("failed", "0"));
  }

  private static int rows(String table) throws SQLException {
    return Integer.parseInt(
        trial.targetRows("select count(*) from " + table).getFirst().getFirst());
  }
}
