package io.qupersync.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.interfaces.cli.ExitCode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients whose transactions stamp rows early and commit them late, while runs go by. */
@Timeout(300)
class LateCommitsAtTheSourceTest {

  /**
   * How clients and defaults stamp rows: at the beginning or at the moment, to the second or not.
   */
  private static final List<String> STAMPS =
      List.of(
          "now() at time zone 'UTC'",
          "date_trunc('second', now() at time zone 'UTC')",
          "clock_timestamp() at time zone 'UTC'",
          "date_trunc('second', clock_timestamp() at time zone 'UTC')");

  @TempDir static Path directory;
  private static Trial trial;

  @BeforeAll
  static void start() throws SQLException {
    trial = new Trial(directory);
    file("qupersync.yaml", "lookback: 0s");
    file("impatient.yaml", "lookback: 0s, hold_back_max: 0s");
  }

  private static void file(String name, String watermark) {
    trial.file(
        name,
        """
        builtin_jobs: false
        jobs:
          orders:
            source: { table: public.orders }
            target: analytics.orders
            key: [id]
            watermark: { column: at, %s }
            schedule: manual
        """
            .formatted(watermark));
  }

  @AfterAll
  static void stop() {
    trial.close();
  }

  @BeforeEach
  void nothingYet() throws SQLException {
    trial.atTarget(
        "drop schema if exists analytics cascade", "drop schema if exists quper cascade");
    trial.atSource(
        "drop table if exists public.orders",
        "create table public.orders (id bigserial, at timestamp)",
        "grant select on public.orders to public",
        "grant pg_read_all_stats to " + trial.source().user());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void every_row_arrives_however_long_its_transaction_is_open(long seed) throws SQLException {
    try (var clients = new Clients(seed)) {
      for (int run = 0; run < 8; run++) {
        clients.goOn(8);
        assertThat(trial.run("run", "orders").exit()).isEqualTo(ExitCode.DONE);
      }
      clients.endAll();
    }
    trial.run("run", "orders");

    assertThat(missing()).isEmpty();
  }

  @Test
  void without_asking_for_open_transactions_rows_are_lost_and_the_run_says_that_they_may_be()
      throws SQLException {
    try (var clients = new Clients(1)) {
      clients.begin();
      clients.insert(0, STAMPS.getFirst());
      laterOrder();
      trial.run("run", "orders", "--config", "impatient.yaml");
      clients.endAll();
    }
    Trial.Ended run = trial.run("run", "orders", "--config", "impatient.yaml");

    assertThat(missing()).hasSize(1);
    assertThat(run.out()).contains("orders: rows that are committed late are missed");
  }

  @Test
  void status_names_what_holds_the_watermark_back_until_it_has_ended() throws SQLException {
    try (var clients = new Clients(1)) {
      clients.begin();
      clients.insert(0, STAMPS.getFirst());
      laterOrder();

      Trial.Ended run = trial.run("run", "orders");

      assertThat(run.out()).contains("the watermark is held back at").contains("in session ");
      assertThat(trial.targetRows("select count(*) from analytics.orders"))
          .containsExactly(List.of("1"));
      assertThat(trial.run("status", "orders").out())
          .contains("held back")
          .contains("a transaction of user " + trial.source().server().user());
      assertThat(trial.run("status", "--json").out()).contains("\"held_back\": \"the watermark");
      assertThat(trial.run("check").out()).contains("open transactions").contains("tells them");
      clients.endAll();
    }
    trial.run("run", "orders");

    assertThat(missing()).isEmpty();
    assertThat(trial.run("status", "orders").out()).doesNotContain("held back");
  }

  @Test
  void check_says_what_lookback_must_cover_for_a_user_who_sees_only_its_own_transactions()
      throws SQLException {
    trial.atSource("revoke pg_read_all_stats from " + trial.source().user());

    Trial.Ended check = trial.run("check");

    assertThat(check.out())
        .contains("sees only its own transactions")
        .contains("lookback must be longer than any transaction that writes what a job reads");
    assertThat(trial.run("run", "orders").exit()).isEqualTo(ExitCode.DONE);
  }

  /** Of another second: beginnings are told to the second. */
  private static void laterOrder() throws SQLException {
    trial.atSource(
        "select pg_sleep(1.1)",
        "insert into public.orders (at) values (clock_timestamp() at time zone 'UTC')",
        "select pg_sleep(1.1)");
  }

  private static List<List<String>> missing() throws SQLException {
    var rows = new ArrayList<>(trial.sourceRows("select id from public.orders order by 1"));
    rows.removeAll(trial.targetRows("select id from analytics.orders"));
    return rows;
  }

  /** Clients that act in turns, which a seed decides. */
  private static final class Clients implements AutoCloseable {

    private final Random random;
    private final List<Connection> open = new ArrayList<>();

    Clients(long seed) {
      random = new Random(seed);
    }

    void goOn(int steps) throws SQLException {
      for (int step = 0; step < steps; step++) {
        int choice = random.nextInt(10);
        if (open.isEmpty() || (choice < 3 && open.size() < 6)) {
          begin();
        } else if (choice < 8) {
          insert(random.nextInt(open.size()), STAMPS.get(random.nextInt(STAMPS.size())));
        } else {
          end(random.nextInt(open.size()));
        }
      }
    }

    void begin() throws SQLException {
      Connection client = trial.source().adminConnection();
      open.add(client);
      client.setAutoCommit(false);
      execute(client, "select now()");
    }

    void insert(int client, String stamp) throws SQLException {
      execute(open.get(client), "insert into public.orders (at) values (%s)".formatted(stamp));
    }

    private void end(int client) throws SQLException {
      try (Connection ended = open.remove(client)) {
        ended.commit();
      }
    }

    void endAll() throws SQLException {
      while (!open.isEmpty()) {
        end(open.size() - 1);
      }
    }

    private static void execute(Connection client, String sql) throws SQLException {
      try (Statement statement = client.createStatement()) {
        statement.execute(sql);
      }
    }

    @Override
    public void close() throws SQLException {
      for (Connection client : open) {
        client.close();
      }
    }
  }
}
