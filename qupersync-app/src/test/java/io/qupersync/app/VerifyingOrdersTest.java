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

/** A planted difference is found, and nothing is left of it after a repair. */
class VerifyingOrdersTest {

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
          columns: { note: { required: true} }
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
    trial.file("qupersync.yaml", JOBS);
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
  void verifies_that_nothing_is_amiss_after_a_run() {
    trial.run("run", "--all");

    Trial.Ended verified = trial.run("verify", "--json");

    assertThat(verified.exit()).as(verified.out() + verified.err()).isEqualTo(ExitCode.DONE);
    assertThat(verified.out())
        .contains("\"source_rows\": 200", "\"target_rows\": 200")
        .doesNotContain("\"same\": false");
  }

  @Test
  void a_row_that_only_the_target_refuses_is_rejected_and_not_missing() throws SQLException {
    trial.run("run", "--all");
    trial.atTarget(
        "delete from analytics.orders where order_id = 7",
        "alter table analytics.orders add check (note <> 'note 7' and note <> 'changed')");
    trial.atSource(
        "update public.orders set updated_at = updated_at + interval '1 day' where order_id = 7",
        "update public.orders set note = 'changed', updated_at = updated_at + interval '1 day' where order_id = 9");
    trial.run("run", "orders");

    Trial.Ended verified = trial.run("verify", "orders", "--json");

    assertThat(verified.exit()).as(verified.out() + verified.err()).isEqualTo(ExitCode.DONE);
    assertThat(verified.out())
        .contains("\"missing\": 0", "\"differing\": 0", "\"rejected\": 2", "\"same\": true");
    assertThat(trial.run("verify", "orders", "--repair").out()).doesNotContain("repaired");
  }

  @Test
  void finds_a_planted_missing_and_changed_row_and_repairs_them() throws SQLException {
    trial.run("run", "orders");
    var watermark = trial.run("watermark", "show", "orders").out();
    trial.atTarget(
        "delete from analytics.orders where order_id = 7",
        "update analytics.orders set note = 'forged' where order_id = 8",
        "insert into analytics.orders select 9999, amount, updated_at, note from analytics.orders where order_id = 9");

    Trial.Ended verified = trial.run("verify", "orders");

    assertThat(verified.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(verified.out())
        .contains(
            "key 7 is missing in the target",
            "key 8 differs in note",
            "key 9999 is in the target only");

    Trial.Ended repaired = trial.run("verify", "orders", "--repair");

    assertThat(repaired.exit()).as(repaired.out() + repaired.err()).isEqualTo(ExitCode.DONE);
    assertThat(repaired.out()).contains("same, repaired", "1 inserted, 1 updated");
    assertThat(trial.run("verify", "orders").exit()).isEqualTo(ExitCode.DONE);
    assertThat(trial.targetRows("select note from analytics.orders where order_id in (7, 8)"))
        .containsExactlyInAnyOrder(List.of("note 7"), List.of("note 8"));
    assertThat(trial.run("watermark", "show", "orders").out().lines().limit(3))
        .containsExactlyElementsOf(watermark.lines().limit(3).toList());
  }

  @Test
  void repairs_a_mirror_by_deleting_what_is_too_much() throws SQLException {
    trial.run("run", "mirrored");
    trial.atTarget(
        "insert into analytics.mirrored select 9999, amount, updated_at, note from analytics.mirrored where order_id = 9");

    assertThat(trial.run("verify", "mirrored").exit()).isEqualTo(ExitCode.FAILED);
    assertThat(trial.run("verify", "mirrored", "--repair").out()).contains("1 deleted");
    assertThat(trial.targetRows("select from analytics.mirrored where order_id = 9999")).isEmpty();
  }

  @Test
  void names_the_option_that_lets_a_mirror_empty_its_table() throws SQLException {
    trial.run("run", "mirrored");
    trial.atSource("delete from public.orders where order_id > 10");

    assertThat(trial.run("run", "mirrored").out()).contains("--allow-deletes");
    assertThat(trial.run("run", "mirrored", "--allow-deletes").exit()).isEqualTo(ExitCode.DONE);
    assertThat(trial.targetRows("select from analytics.mirrored")).hasSize(10);
  }

  @Test
  void takes_what_a_job_no_longer_reads_for_no_difference() throws SQLException {
    trial.run("run", "orders");
    trial.atSource(
        "update public.orders set updated_at = updated_at + interval '1 year', note = 'new' where order_id < 5");

    Trial.Ended verified = trial.run("verify", "orders");

    assertThat(verified.exit()).as(verified.out()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void says_which_rule_of_the_job_may_explain_that_rows_differ() throws SQLException {
    trial.file(
        "merging.yaml",
        """
        builtin_jobs: false
        jobs:
          orders: { source: { table: public.orders }, target: analytics.orders, key: order_id, schedule: manual, conflict: merge }
        """);
    trial.run("run", "orders", "--config", "merging.yaml");
    trial.atSource("update public.orders set note = null where order_id = 8");
    trial.run("run", "orders", "--config", "merging.yaml");

    assertThat(trial.run("verify", "orders", "--config", "merging.yaml").out())
        .contains(
            "key 8 differs in note",
            "orders: rows may differ as the job wants it: conflict 'merge' keeps the target's value where the source has NULL");
  }
}
