package io.qupersync.sandbox.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qupersync.sandbox.relay.ArmedFault;
import io.qupersync.sandbox.relay.ConnectionTeardown;
import io.qupersync.sandbox.relay.Fault;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
final class FaultsTest {
  private static final int ROWS = 20_000;

  private static RedshiftStandIn redshift;

  @BeforeAll
  static void start() throws SQLException {
    redshift = RedshiftStandIn.start();
    try (Connection admin = redshift.adminConnection();
        Statement statement = admin.createStatement()) {
      statement.execute(
          "create table public.numbers as select n, repeat('x', n % 50) as filling from"
              + " generate_series(1, %d) n".formatted(ROWS));
      statement.execute("grant select on public.numbers to public");
    }
  }

  @AfterAll
  static void stop() {
    redshift.close();
  }

  @AfterEach
  void calm() {
    redshift.faults().calm();
  }

  @Test
  void without_faults_every_row_arrives() throws SQLException {
    assertThat(new Reading().outcome()).isEqualTo(ROWS);
  }

  @ParameterizedTest
  @EnumSource(ConnectionTeardown.class)
  void a_cut_after_a_number_of_rows_delivers_these_and_then_breaks(
      ConnectionTeardown connectionTeardown) throws SQLException {
    ArmedFault cut =
        redshift
            .faults()
            .arm(Fault.cut(connectionTeardown).afterRows(1500).whileRunning("numbers"));

    var reading = new Reading();

    assertThatThrownBy(reading::outcome).hasFieldOrPropertyWithValue("SQLState", "08006");
    // a reset may overtake what the client has not read yet
    assertThat(reading.rows).isLessThanOrEqualTo(1500);
    if (connectionTeardown == ConnectionTeardown.FIN) {
      // the driver gives out whole batches: 1000 rows of the first, none of the second
      assertThat(reading.rows).isEqualTo(1000);
    }
    assertThat(cut.struck()).isEqualTo(1);
    assertThat(new Reading().outcome()).isEqualTo(ROWS);
  }

  @Test
  void two_hundred_cuts_at_random_bytes_are_two_hundred_exceptions() {
    var random = new Random(4711);
    int exceptions = 0;
    for (int i = 0; i < 200; i++) {
      ConnectionTeardown connectionTeardown =
          random.nextBoolean() ? ConnectionTeardown.FIN : ConnectionTeardown.RST;
      redshift
          .faults()
          .arm(
              Fault.cut(connectionTeardown)
                  .afterBytes(1 + random.nextInt(600_000))
                  .whileRunning("numbers"));
      try {
        new Reading().outcome();
      } catch (SQLException broken) {
        exceptions++;
      }
    }
    assertThat(exceptions).isEqualTo(200);
    assertThat(redshift.faults().struck()).isGreaterThanOrEqualTo(200);
  }

  @Test
  void an_error_answers_the_next_statement_that_matches_and_no_other() throws SQLException {
    redshift
        .faults()
        .arm(Fault.error("40001", "serializable isolation violation").whileRunning("FROM numbers"));

    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.executeQuery("select 1").close();
      assertThatThrownBy(() -> statement.executeQuery("select count(*) from numbers"))
          .hasMessageContaining("serializable isolation violation")
          .hasFieldOrPropertyWithValue("SQLState", "40001");
      // the server too believes that the transaction has failed
      assertThatThrownBy(() -> statement.executeQuery("select 1"))
          .hasFieldOrPropertyWithValue("SQLState", "25P02");
      connection.rollback();
      statement.executeQuery("select count(*) from numbers").close();
    }
  }

  @Test
  void an_error_strikes_as_often_as_it_was_told_to() throws SQLException {
    ArmedFault error =
        redshift.faults().arm(Fault.error("57014", "canceled").whileRunning("numbers").times(2));

    assertThatThrownBy(() -> new Reading().outcome()).hasMessageContaining("canceled");
    assertThat(error.struck()).isEqualTo(1);
    assertThatThrownBy(() -> new Reading().outcome()).hasMessageContaining("canceled");
    assertThat(new Reading().outcome()).isEqualTo(ROWS);
  }

  @Test
  void an_error_in_mid_stream_comes_instead_of_the_next_row() throws SQLException {
    redshift
        .faults()
        .arm(Fault.error("XX000", "disk full").afterRows(3500).whileRunning("numbers"));

    try (Connection connection = connect()) {
      var reading = new Reading();
      assertThatThrownBy(() -> reading.through(connection))
          .hasMessageContaining("disk full")
          .hasFieldOrPropertyWithValue("SQLState", "XX000");
      assertThat(reading.rows).isEqualTo(3000);
      connection.rollback();
      assertThat(new Reading().through(connection)).isEqualTo(ROWS);
    }
  }

  @Test
  void a_shutdown_error_ends_the_connection_too() throws SQLException {
    redshift.faults().arm(Fault.error("57P01", "terminating connection").whileRunning("numbers"));

    try (Connection connection = connect()) {
      assertThatThrownBy(() -> new Reading().through(connection))
          .hasFieldOrPropertyWithValue("SQLState", "57P01");
      assertThatThrownBy(() -> new Reading().through(connection))
          .hasFieldOrPropertyWithValue("SQLState", "08003");
    }
  }

  @Test
  void a_lost_portal_is_missed_at_the_second_fetch() throws SQLException {
    redshift.faults().arm(Fault.lostPortal());

    var reading = new Reading();

    assertThatThrownBy(reading::outcome)
        .hasMessageContaining("does not exist")
        .hasFieldOrPropertyWithValue("SQLState", "34000");
    assertThat(reading.rows).isEqualTo(1000);
  }

  @Test
  void a_capped_fetch_returns_fewer_rows_at_a_time_and_loses_none() throws SQLException {
    redshift.faults().capFetch(100);

    assertThat(new Reading().outcome()).isEqualTo(ROWS);
  }

  @Test
  void a_refused_connection_is_refused_until_the_day_is_calm_again() throws SQLException {
    try (Connection before = connect()) {
      redshift.faults().refuseConnections();

      assertThatThrownBy(FaultsTest::connect).hasFieldOrPropertyWithValue("SQLState", "08001");
      assertThat(new Reading().through(before)).isEqualTo(ROWS);
    }
    redshift.faults().calm();
    assertThat(new Reading().outcome()).isEqualTo(ROWS);
  }

  @Test
  void a_refused_login_tells_why() {
    redshift.faults().refuseLogins("57P03", "the cluster is restarting");

    assertThatThrownBy(FaultsTest::connect)
        .hasMessageContaining("the cluster is restarting")
        .hasFieldOrPropertyWithValue("SQLState", "57P03");
  }

  @Test
  void a_stalled_connection_hears_nothing_until_its_timeout() {
    redshift.faults().stallConnections();

    assertThatThrownBy(() -> connect("loginTimeout", "1")).isInstanceOf(SQLException.class);
  }

  @Test
  void a_stall_in_mid_stream_ends_in_the_drivers_timeout() throws SQLException {
    ArmedFault stall = redshift.faults().arm(Fault.stall().afterRows(2500).whileRunning("numbers"));

    try (Connection connection = connect("socketTimeout", "3")) {
      assertThatThrownBy(() -> new Reading().through(connection))
          .hasFieldOrPropertyWithValue("SQLState", "08006");
    }
    assertThat(stall.struck()).isEqualTo(1);
  }

  @Test
  void what_was_held_back_by_a_stall_arrives_after_it() throws Exception {
    ArmedFault stall = redshift.faults().arm(Fault.stall().afterRows(2500).whileRunning("numbers"));
    try (var reader = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> rows = reader.submit(() -> new Reading().outcome());
      assertThat(stall.awaitStruck(Duration.ofSeconds(10))).isTrue();
      assertThat(rows.isDone()).isFalse();

      redshift.faults().resume();

      assertThat(rows.get(10, TimeUnit.SECONDS)).isEqualTo(ROWS);
    }
  }

  @Test
  void a_cancelled_query_ends_at_once() throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        var other = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> query = other.submit(() -> statement.executeQuery("select pg_sleep(30)"));
      try (Connection admin = redshift.adminConnection()) {
        awaitRunning(admin, "select pg_sleep%");
      }
      statement.cancel();
      assertThatThrownBy(() -> query.get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(SQLException.class)
          .cause()
          .hasFieldOrPropertyWithValue("SQLState", "57014");
    }
  }

  @Test
  void cutting_all_connections_breaks_an_idle_one() throws SQLException {
    try (Connection idle = connect()) {
      redshift.faults().cutAll(ConnectionTeardown.RST);

      assertThatThrownBy(() -> new Reading().through(idle))
          .hasFieldOrPropertyWithValue("SQLState", "08006");
    }
  }

  @Test
  void a_delay_is_paid_once_per_fetch() throws SQLException {
    try (Connection connection = connect()) {
      redshift.faults().delayRoundTrips(Duration.ofMillis(10));
      long start = System.nanoTime();
      new Reading().through(connection);
      // 20 batches of 1000 rows, and one that finds the end
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(200));
    }
  }

  @Test
  void a_limited_bandwidth_takes_its_time() throws SQLException {
    try (Connection connection = connect()) {
      redshift.faults().limitBandwidth(1_000_000);
      long start = System.nanoTime();
      new Reading().through(connection);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(600));
    }
  }

  /// Reads all numbers through a cursor, a thousand at a time, and knows how far it came.
  private static final class Reading {
    private int rows;

    int outcome() throws SQLException {
      try (Connection connection = connect()) {
        return through(connection);
      }
    }

    int through(Connection connection) throws SQLException {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.setFetchSize(1000);
        try (ResultSet found =
            statement.executeQuery("select n, filling from numbers order by n")) {
          while (found.next()) {
            assertThat(found.getInt(1)).isEqualTo(++rows);
          }
        }
      }
      connection.commit();
      return rows;
    }
  }

  private static void awaitRunning(Connection admin, String query) throws SQLException {
    try (var statement =
        admin.prepareStatement(
            "select 1 from pg_stat_activity where query like ? and state = 'active'")) {
      statement.setString(1, query);
      while (!statement.executeQuery().next()) {
        Thread.onSpinWait();
      }
    }
  }

  private static Connection connect() throws SQLException {
    return connect("socketTimeout", "30");
  }

  private static Connection connect(String property, String value) throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", redshift.user());
    properties.setProperty("password", redshift.password());
    properties.setProperty("enableFetchRingBuffer", "false");
    properties.setProperty("connectionTimezone", "SERVER");
    properties.setProperty(property, value);
    return DriverManager.getConnection(redshift.jdbcUrl(), properties);
  }
}
