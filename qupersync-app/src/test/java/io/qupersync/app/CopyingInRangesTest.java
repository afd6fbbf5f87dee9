package io.qupersync.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.interfaces.cli.ExitCode;
import io.qupersync.sandbox.relay.ConnectionTeardown;
import io.qupersync.sandbox.relay.Fault;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A table that four sessions read at a time, from the real Redshift driver to a real PostgreSQL.
 */
@Timeout(180)
class CopyingInRangesTest {

  private static final int ROWS = 20_000;
  private static final String EXTRACTION = "order_id\" (>=|<)";
  private static final String COLUMNS = "order_id, region, note, updated_at";
  private static final String CONTENTS =
      "select " + COLUMNS + " from %s.orders order by order_id, region";

  @TempDir static Path directory;
  private static Trial trial;

  @BeforeAll
  static void start() throws SQLException {
    trial = new Trial(directory);
    trial.file(
        "qupersync.yaml",
        """
        builtin_jobs: false
        defaults: { batch_size: 100, parallel: 4, retry: { base_delay: 1ms, max_delay: 1ms } }
        jobs:
          loaded:
            source: { table: public.orders }
            target: loaded.orders
            key: [order_id]
            watermark: { column: updated_at }
            schedule: manual
          mirrored:
            source: { table: public.orders }
            target: mirrored.orders
            key: [order_id, region]
            split_by: order_id
            mode: mirror
            schedule: manual
          asked:
            source: { query: "select * from public.orders -- all of them" }
            target: asked.orders
            key: order_id
            schedule: manual
          hurried:
            source: { table: public.orders }
            target: hurried.orders
            key: order_id
            timeout: 2s
            schedule: manual
        """);
  }

  @AfterAll
  static void stop() {
    trial.close();
  }

  /** Half of the orders have numbers close together, the others lie far apart. */
  @BeforeEach
  void orders() throws SQLException {
    for (String schema : List.of("loaded", "mirrored", "asked", "hurried", "quper")) {
      trial.atTarget("drop schema if exists %s cascade".formatted(schema));
    }
    trial.atSource(
        "drop table if exists public.orders",
        "create table public.orders (order_id bigint, region int, note varchar(100), updated_at timestamp)",
        """
        insert into public.orders
        select case when i %% 2 = 0 then i else i * 1000000::bigint end, i %% 7, repeat('x', i %% 90),
          timestamp '2026-01-01' + (%1$d - i) * interval '1 second'
        from generate_series(1, %1$d) i\
        """
            .formatted(ROWS),
        "grant select on public.orders to public");
  }

  @AfterEach
  void calm() {
    trial.source().faults().calm();
  }

  @Test
  void copies_every_row_once() throws SQLException {
    for (String job : List.of("loaded", "mirrored", "asked")) {
      Trial.Ended run = trial.run("run", job, "--json");

      assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.DONE);
      assertThat(run.out()).contains("\"rows_extracted\": 20000", "\"rows_inserted\": 20000");
      assertSame(job);
    }
  }

  @Test
  void one_of_four_sessions_that_is_cut_costs_nothing_but_its_range() throws SQLException {
    trial
        .source()
        .faults()
        .arm(Fault.cut(ConnectionTeardown.RST).afterRows(3000).whileRunning(EXTRACTION));

    Trial.Ended run = trial.run("run", "loaded", "--json");

    assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.out()).contains("\"attempts\": 2", "\"rows_inserted\": 20000");
    assertSame("loaded");
  }

  @Test
  void a_mirror_whose_session_is_cut_deletes_only_what_is_gone() throws SQLException {
    trial.run("run", "mirrored");
    trial.atSource("delete from public.orders where order_id % 10 = 4");
    trial
        .source()
        .faults()
        .arm(Fault.cut(ConnectionTeardown.FIN).afterRows(3000).whileRunning(EXTRACTION));

    Trial.Ended run = trial.run("run", "mirrored", "--json");

    assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.out()).contains("\"attempts\": 2", "\"rows_deleted\": 2000");
    assertSame("mirrored");
  }

  @Test
  void a_load_that_was_not_finished_leaves_neither_watermark_nor_checkpoint() throws SQLException {
    trial
        .source()
        .faults()
        .arm(Fault.error("42501", "permission denied").afterRows(3000).whileRunning(EXTRACTION));

    assertThat(trial.run("run", "loaded").exit()).isEqualTo(ExitCode.FAILED);

    assertThat(trial.targetRows("select watermark, checkpoint from quper.qupersync_state"))
        .allSatisfy(row -> assertThat(row).containsOnlyNulls());
    assertThat(trial.run("run", "loaded").exit()).isEqualTo(ExitCode.DONE);
    assertSame("loaded");
  }

  @Test
  void the_watermark_is_the_highest_of_all_ranges() throws SQLException {
    trial.run("run", "loaded");
    trial.atSource(
        "update public.orders set note = 'new', updated_at = '2026-01-02' where region = 3");

    Trial.Ended again = trial.run("run", "loaded", "--json");

    assertThat(again.out()).contains("\"watermark_from\": \"2026-01-01 05:33:19\"");
    assertSame("loaded");
  }

  @Test
  void a_session_that_hangs_is_ended_with_all_others_by_the_timeout() throws SQLException {
    trial.source().faults().arm(Fault.stall().afterRows(3000).whileRunning(EXTRACTION));

    Trial.Ended run = trial.run("run", "hurried");
    trial.source().faults().calm();

    assertThat(run.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err() + run.out()).contains("timeout");
    for (int look = 0; look < 100 && trial.connectionsAtSource() > 0; look++) {
      trial.atSource("select pg_sleep(0.05)");
    }
    assertThat(trial.connectionsAtSource()).isZero();
  }

  @Test
  void the_plan_says_how_many_sessions_read() {
    assertThat(trial.run("plan", "loaded").out())
        .contains("reads everything, by 4 sessions, in up to 16 ranges of order_id");
    assertThat(trial.run("plan", "asked").out())
        .contains("by 4 sessions, in up to 4 ranges of order_id");
    assertThat(trial.run("plan", "mirrored", "--json").out())
        .contains("\"readers\": \"by 4 sessions, in up to 16 ranges of order_id\"");
  }

  private static void assertSame(String job) throws SQLException {
    assertThat(trial.targetRows(CONTENTS.formatted(job)))
        .isEqualTo(trial.sourceRows(CONTENTS.formatted("public")));
  }
}
