package io.qupersync.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.interfaces.cli.ExitCode;
import io.qupersync.sandbox.relay.ConnectionTeardown;
import io.qupersync.sandbox.relay.Fault;
import io.qupersync.sandbox.relay.Relay;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user's own table, from the real Redshift driver to a real PostgreSQL. */
class CopyingOrdersTest {

  private static final String COLUMNS =
      "order_id, customer, status, amount, weight, paid, order_date, created_at, updated_at, note";

  @TempDir static Path directory;
  private static Trial trial;

  @BeforeAll
  static void start() throws SQLException {
    trial = new Trial(directory);
    trial.file(
        "qupersync.yaml",
        """
        builtin_jobs: false
        jobs:
          orders:
            source: { table: public.orders }
            target: analytics.orders
            key: [order_id]
            watermark: { column: updated_at, lookback: 15m }
            schedule: manual
        """);
  }

  @AfterAll
  static void stop() {
    trial.close();
  }

  @BeforeEach
  void twoThousandOrders() throws SQLException {
    trial.atTarget(
        "drop schema if exists analytics cascade", "drop schema if exists quper cascade");
    trial.atSource(
        "drop table if exists public.orders",
        """
        create table public.orders (order_id bigint, customer int, status varchar(20), amount numeric(18,4),
          weight double precision, paid boolean, order_date date, created_at timestamp, updated_at timestamptz,
          note text)\
        """,
        """
        insert into public.orders
        select i, i % 100, 'état ' || i % 7, i * 1.2345, i / 7.0, i % 3 = 0, date '2024-01-01' + i,
          timestamp '2026-01-01' + i / 10 * interval '1 second',
          timestamptz '2026-01-01 00:00Z' + i / 10 * interval '1 second 123456 microseconds',
          case when i % 5 > 0 then 'note 🙂\\t' || i end
        from generate_series(1, 2000) i\
        """,
        "grant select on public.orders to public");
  }

  @Test
  void copies_every_value() throws SQLException {
    Trial.Ended run = trial.run("run", "orders");

    assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(trial.targetRows("select " + COLUMNS + " from analytics.orders order by 1"))
        .hasSize(2000)
        .isEqualTo(trial.sourceRows("select " + COLUMNS + " from public.orders order by 1"));
  }

  @Test
  void copies_every_value_that_comes_as_text_and_finds_it_unchanged_in_binary()
      throws SQLException {
    try (Relay asText = trial.sourceAsText()) {
      Trial.Ended run =
          trial.runWith(Map.of("REDSHIFT_PORT", Integer.toString(asText.port())), "run", "orders");

      assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.DONE);
    }
    assertThat(trial.targetRows("select " + COLUMNS + " from analytics.orders order by 1"))
        .hasSize(2000)
        .isEqualTo(trial.sourceRows("select " + COLUMNS + " from public.orders order by 1"));
    assertThat(trial.run("run", "orders", "--full", "--json").out())
        .contains("\"rows_unchanged\": 2000");
  }

  @Test
  void rewrites_no_row_that_has_not_changed() throws SQLException {
    trial.run("run", "orders");
    var before = trial.targetRows("select order_id, xmin, ctid from analytics.orders order by 1");

    Trial.Ended again = trial.run("run", "orders", "--full", "--json");

    assertThat(again.out()).contains("\"rows_unchanged\": 2000").contains("\"rows_upserted\": 0");
    assertThat(trial.targetRows("select order_id, xmin, ctid from analytics.orders order by 1"))
        .isEqualTo(before);
  }

  @Test
  void brings_a_row_with_exactly_the_watermarks_time_and_one_changed_within_the_lookback()
      throws SQLException {
    trial.run("run", "orders");
    trial.atSource(
        "insert into public.orders (order_id, updated_at) select 9001, max(updated_at) from public.orders",
        """
        update public.orders set note = 'late', updated_at = (select max(updated_at) from public.orders)
          - interval '14 minutes' where order_id = 7\
        """);

    trial.run("run", "orders");

    assertThat(trial.targetRows("select order_id from analytics.orders where order_id = 9001"))
        .hasSize(1);
    assertThat(trial.targetRows("select note from analytics.orders where order_id = 7"))
        .containsExactly(List.of("late"));
  }

  @Test
  void a_row_dated_ahead_of_the_clock_keeps_none_back_that_come_later() throws SQLException {
    String trailing =
        "insert into public.orders (order_id, updated_at) select %d + i, now() - interval '%s' from generate_series(1, 100) i";
    trial.atSource(
        "truncate public.orders",
        trailing.formatted(0, "48 hours"),
        "insert into public.orders (order_id, updated_at) values (9001, '2099-01-01'), (9002, now() + interval '1 hour'), (9003, 'infinity')");
    assertThat(trial.run("run", "orders").exit()).isEqualTo(ExitCode.DONE);

    trial.atSource(trailing.formatted(100, "47 hours"));
    Trial.Ended run = trial.run("run", "orders");

    assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(trial.targetRows("select count(*) from analytics.orders"))
        .containsExactly(List.of("203"));
  }

  @Test
  void learns_from_rows_that_came_too_late_which_lookback_would_have_caught_them()
      throws SQLException {
    trial.run("run", "orders");
    lateOrder(9003, "12 minutes");
    lateOrder(9004, "22 minutes");

    trial.run("run", "orders");

    assertThat(trial.run("status", "orders").out())
        .contains("up to 12m late (1 row); lookback 15m caught them");

    trial.run("verify", "orders", "--repair");

    assertThat(trial.run("status").out())
        .contains("orders: rows came up to 22m late (2 rows); raise lookback to 25m");
    assertThat(trial.run("status", "orders", "--json").out())
        .contains("\"suggested_lookback\": \"25m\"");

    lateOrder(9005, "22 minutes");
    trial.file(
        "as-suggested.yaml",
        trial.read("qupersync.yaml").replace("lookback: 15m", "lookback: 25m"));
    trial.run("run", "orders", "--config", "as-suggested.yaml");

    assertThat(trial.targetRows("select order_id from analytics.orders where order_id = 9005"))
        .hasSize(1);
  }

  private static void lateOrder(int id, String late) throws SQLException {
    trial.atSource(
        "insert into public.orders (order_id, updated_at) select %d, max(updated_at) - interval '%s' from public.orders"
            .formatted(id, late));
  }

  @Test
  void reads_rows_without_a_watermark_at_every_run_and_says_so() throws SQLException {
    trial.run("run", "orders");
    trial.atSource("insert into public.orders (order_id) values (9002)");

    Trial.Ended run = trial.run("run", "orders");

    assertThat(run.out()).contains("orders: rows with a NULL watermark are read at every run: 1");
    assertThat(trial.targetRows("select order_id from analytics.orders where order_id = 9002"))
        .hasSize(1);
  }

  @Test
  void fails_when_the_source_is_cut_and_keeps_the_watermark() throws SQLException {
    trial.file(
        "impatient.yaml",
        """
        builtin_jobs: false
        defaults: { retry: { max_retries: 0, base_delay: 1ms, max_delay: 1ms } }
        jobs:
          orders:
            source: { table: public.orders }
            target: analytics.orders
            key: [order_id]
            watermark: { column: updated_at }
            schedule: manual
            batch_size: 100
        """);
    trial
        .source()
        .faults()
        .arm(Fault.cut(ConnectionTeardown.FIN).afterRows(700).whileRunning("public.*orders"));

    Trial.Ended run = trial.run("run", "orders", "--config", "impatient.yaml");
    trial.source().faults().calm();

    assertThat(run.exit()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(trial.targetRows("select watermark from quper.qupersync_state"))
        .allSatisfy(row -> assertThat(row).containsOnlyNulls());
    assertThat(trial.run("run", "orders").exit()).isEqualTo(ExitCode.DONE);
    assertThat(trial.targetRows("select count(*) from analytics.orders"))
        .containsExactly(List.of("2000"));
  }
}
