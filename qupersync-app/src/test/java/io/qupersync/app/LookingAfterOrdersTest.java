package io.qupersync.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.interfaces.cli.ExitCode;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user types to look after a job, between two real databases. */
class LookingAfterOrdersTest {

  private static final String JOBS =
      """
      builtin_jobs: false
      jobs:
        orders:
          source: { table: public.orders }
          target: analytics.orders
          key: [order_id]
          watermark: { column: updated_at, lookback: 15m }
          schedule: manual
          columns: { note: { required: true %s} }
        bounded:
          source: { table: public.orders }
          target: analytics.bounded
          key: [order_id]
          watermark: { column: updated_at, lookback: 3h, initial: 2026-01-01 02:00 }
          schedule: manual
        mirrored:
          source: { table: public.orders }
          target: analytics.mirrored
          key: [order_id]
          mode: mirror
          schedule: manual
      """;

  @TempDir static Path directory;
  private static Trial trial;

  @BeforeAll
  static void start() throws SQLException {
    trial = new Trial(directory);
    trial.file("qupersync.yaml", JOBS.formatted(""));
    trial.file("lenient.yaml", JOBS.formatted(", default: none"));
  }

  @AfterAll
  static void stop() {
    trial.close();
  }

  @BeforeEach
  void twoHundredOrders() throws SQLException {
    trial.atTarget(
        "drop schema if exists analytics cascade", "drop schema if exists quper cascade");
    trial.atSource(
        "drop table if exists public.orders",
        """
        create table public.orders (order_id bigint primary key, amount numeric(18,4),
          updated_at timestamp, note varchar(100))\
        """,
        """
        insert into public.orders
        select i, i * 1.25, timestamp '2026-01-01' + i * interval '1 minute', 'note ' || i
        from generate_series(1, 200) i\
        """,
        "grant select on public.orders to public");
  }

  @Test
  void replays_a_rejected_row_by_a_new_rule() throws SQLException {
    trial.atSource("update public.orders set note = null where order_id in (5, 6)");
    trial.run("run", "orders");
    assertThat(trial.run("dead-letters", "list", "orders").out())
        .contains("note", "a value is required", "order_id=5");

    Trial.Ended replayed =
        trial.run("dead-letters", "replay", "orders", "--config", "lenient.yaml");

    assertThat(replayed.exit()).as(replayed.err()).isEqualTo(ExitCode.DONE);
    assertThat(replayed.out()).contains("no dead letters left");
    assertThat(trial.targetRows("select note from analytics.orders where order_id in (5, 6)"))
        .containsExactly(List.of("none"), List.of("none"));
  }

  @Test
  void overwrites_no_newer_row_by_a_replay() throws SQLException {
    trial.atSource("update public.orders set note = null where order_id in (5, 6)");
    trial.run("run", "orders");
    trial.atSource(
        "update public.orders set note = 'newer', updated_at = timestamp '2026-02-01' where order_id = 5");
    trial.run("run", "orders");

    trial.run("dead-letters", "replay", "orders", "--config", "lenient.yaml");

    assertThat(trial.targetRows("select note from analytics.orders where order_id = 5"))
        .containsExactly(List.of("newer"));
    assertThat(trial.run("dead-letters", "list", "orders").out()).contains("no dead letters");
  }

  @Test
  void says_how_many_dead_letters_it_discards() throws SQLException {
    trial.atSource("update public.orders set note = null where order_id in (5, 6)");
    trial.run("run", "orders");

    assertThat(trial.run("dead-letters", "discard", "orders").out())
        .isEqualTo("2 dead letters discarded\n");
    assertThat(trial.run("dead-letters", "discard", "orders").out())
        .isEqualTo("0 dead letters discarded\n");
  }

  @Test
  void explains_where_a_row_is() throws SQLException {
    assertThat(explained("7")).contains("the job has never run");
    trial.atSource("update public.orders set note = null where order_id = 5");
    trial.run("run", "orders");
    trial.atSource(
        "insert into public.orders values (300, 1, timestamp '2030-01-01', 'ahead')",
        "insert into public.orders values (301, 1, timestamp '2020-01-01', 'late')",
        "update public.orders set note = 'changed' where order_id = 8");

    assertThat(explained("7")).contains("the row is in the target, as it is at the source");
    assertThat(explained("999")).contains("the source has no row with this key");
    assertThat(explained("5")).contains("column 'note': a value is required");
    assertThat(explained("300")).contains("the next run brings it");
    assertThat(explained("301")).contains("by more than the lookback", "raise 'lookback'");
    assertThat(explained("8")).contains("differs in note", "another version of the row");
  }

  @Test
  void explains_no_guess_as_a_fact_of_rows_that_somebody_deleted_or_changed_in_the_target()
      throws SQLException {
    trial.run("run", "orders");
    trial.atTarget(
        "delete from analytics.orders where order_id in (1, 2)",
        "update analytics.orders set note = 'by hand' where order_id = 3",
        "delete from analytics.orders where updated_at = (select max(updated_at) from analytics.orders)");

    String deleted = explained("1");
    assertThat(deleted)
        .contains("deleted in the target; which of the two is not known")
        .contains("(then raise 'lookback')");
    assertThat(explained("3"))
        .contains("the same watermark, so a longer lookback would not help")
        .doesNotContain("raise 'lookback'");

    String command = deleted.replaceFirst("(?s).*`(qupersync run [^`]*)`.*", "$1");
    assertThat(command).contains("orders --from '");
    String from = command.replaceFirst(".*--from '([^']*)'", "$1");
    assertThat(trial.run("run", "orders", "--from", from).exit()).isEqualTo(ExitCode.DONE);
    assertThat(explained("1")).contains("as it is at the source");
    assertThat(trial.run("status", "orders").out()).doesNotContain("raise lookback");
  }

  @Test
  void explains_that_a_row_before_initial_is_not_to_be_read() throws SQLException {
    trial.run("run", "bounded");
    trial.atSource(
        "insert into public.orders values (301, 1, timestamp '2026-01-01 01:59:59', 'old')");

    assertThat(explained("bounded", "301"))
        .contains("lies before 'initial' (2026-01-01 02:00:00)", "--from", "2026-01-01 01:59:59")
        .doesNotContain("lookback");
    trial.run("run", "bounded");
    assertThat(trial.targetRows("select min(updated_at)::text from analytics.bounded"))
        .containsExactly(List.of("2026-01-01 02:00:00"));
    assertThat(trial.run("status", "bounded").out()).doesNotContain("late", "raise lookback");
  }

  private static String explained(String key) {
    return explained("orders", key);
  }

  private static String explained(String job, String key) {
    Trial.Ended explained = trial.run("explain", job, "--key", key);
    assertThat(explained.exit()).as(explained.err()).isEqualTo(ExitCode.DONE);
    return explained.out();
  }

  @Test
  void sets_and_resets_a_watermark() throws SQLException {
    trial.run("run", "orders");

    Trial.Ended set = trial.run("watermark", "set", "orders", "2026-01-01 02:00");

    assertThat(set.out())
        .isEqualTo(
            "orders: the watermark is 2026-01-01 02:00:00 now; the next run reads from 2026-01-01 01:45:00 on\n");
    assertThat(trial.run("run", "orders", "--json").out()).contains("\"rows_extracted\": 96");
    assertThat(trial.run("watermark", "reset", "orders").out())
        .isEqualTo("orders: the watermark is forgotten; the next run reads everything\n");
    assertThat(trial.run("run", "orders", "--json").out()).contains("\"rows_extracted\": 200");
  }

  @Test
  void refuses_a_watermark_that_is_none() {
    Trial.Ended set = trial.run("watermark", "set", "orders", "yesterday");

    assertThat(set.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(set.err())
        .contains("the watermark column 'updated_at'", "'yesterday' is not a time");
    assertThat(trial.run("watermark", "set", "mirrored", "1").err())
        .contains("has no watermark: every run reads everything");
  }

  @Test
  void touches_nothing_for_a_job_that_is_not_there() throws SQLException {
    for (String command :
        List.of("watermark reset x", "dead-letters replay x", "dead-letters discard x")) {
      Trial.Ended ended = trial.run(command.split(" "));
      assertThat(ended.exit()).as(command).isEqualTo(ExitCode.USAGE);
      assertThat(ended.err()).as(command).contains("there is no job 'x'");
    }
    assertThat(trial.run("verify", "x", "--repair").exit()).isEqualTo(ExitCode.USAGE);
    assertThat(trial.run("dead-letters", "list", "orders").out()).isEqualTo("no dead letters\n");
    assertThat(
            trial.targetRows("select from information_schema.schemata where schema_name = 'quper'"))
        .isEmpty();
  }

  @Test
  void refuses_to_move_the_watermark_of_a_run_under_way() throws SQLException {
    trial.run("run", "orders");
    trial.atTarget(
        "update quper.leases set run_id = 4711, expires_at = now() + interval '1 minute'");

    Trial.Ended reset = trial.run("watermark", "reset", "orders");

    assertThat(reset.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(reset.err()).contains("run 4711 of job 'orders' is under way");
  }

  @Test
  void previews_rows_and_writes_nothing() throws SQLException {
    trial.atSource("update public.orders set note = null where order_id = 2");

    Trial.Ended preview = trial.run("preview", "orders", "--limit", "3");

    assertThat(preview.exit()).as(preview.err()).isEqualTo(ExitCode.DONE);
    assertThat(preview.out())
        .contains("note 1", "note 3", "rejected: column 'note': a value is required (order_id=2")
        .doesNotContain("note 4");
    assertThat(
            trial.targetRows(
                "select from information_schema.schemata where schema_name in ('analytics', 'quper')"))
        .isEmpty();
  }

  @Test
  void checks_that_every_job_could_run() {
    Trial.Ended check = trial.run("check");

    assertThat(check.exit()).as(check.out()).isEqualTo(ExitCode.DONE);
    assertThat(check.out()).contains("orders reads", "4 columns", "orders writes analytics.orders");
  }

  @Test
  void tells_which_privilege_is_missing_and_how_to_grant_it() throws SQLException {
    trial.atSource("revoke all on public.orders from public");

    Trial.Ended check = trial.run("check");

    assertThat(check.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(check.out()).contains("orders reads", "grant select on \"public\".\"orders\" to");
  }

  @Test
  void tells_a_database_that_cannot_be_reached() {
    Trial.Ended check = trial.runWith(Map.of("REDSHIFT_PORT", "1"), "check", "--json");

    assertThat(check.exit()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(check.out()).contains("\"verdict\": \"unreachable\"");
  }

  @Test
  void discovers_a_table_and_drafts_a_job_that_is_valid() {
    assertThat(trial.run("discover", "public.ord*").out()).contains("orders");

    Trial.Ended draft = trial.run("discover", "--job", "public.orders");

    assertThat(draft.out())
        .contains(
            "key: [order_id]", "watermark: { column: updated_at", "# the key is the declared");
    trial.file("drafted.yaml", draft.out());
    assertThat(trial.run("validate", "--config", "drafted.yaml").exit()).isEqualTo(ExitCode.DONE);
  }
}
