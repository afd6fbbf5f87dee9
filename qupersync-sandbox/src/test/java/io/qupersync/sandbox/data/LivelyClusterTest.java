package io.qupersync.sandbox.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.sandbox.standin.Flavor;
import io.qupersync.sandbox.standin.RedshiftStandIn;
import io.qupersync.sandbox.standin.StandInSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LivelyClusterTest {
  private static final InstantSource MONDAY_MORNING =
      InstantSource.fixed(Instant.parse("2026-03-02T09:30:00Z"));

  private static RedshiftStandIn redshift;
  private static LivelyCluster cluster;

  @BeforeAll
  static void raise() throws SQLException {
    redshift = RedshiftStandIn.start();
    cluster = LivelyCluster.raise(redshift, 42, 1, MONDAY_MORNING);
  }

  @AfterAll
  static void stop() {
    redshift.close();
  }

  @ParameterizedTest
  @CsvSource({
    "svv_table_info, 100, 130",
    "stv_node_storage_capacity, 4, 4",
    "stv_slices, 8, 8",
    "stl_vacuum, 200, 400",
    "sys_vacuum_history, 100, 220",
    "sys_query_history, 3500, 4500",
    "sys_query_detail, 3500, 6000",
    "stl_scan, 5000, 8000",
    "stl_alert_event_log, 500, 900",
    "stl_connection_log, 1200, 1800",
    "sys_connection_log, 1200, 1800"
  })
  void every_view_has_about_as_many_rows_as_a_busy_week_leaves(String view, long least, long most)
      throws SQLException {
    assertThat(number("select count(*) from " + view)).isBetween(least, most);
  }

  @Test
  void columns_of_generated_tables_stand_in_the_catalog() throws SQLException {
    assertThat(
            number(
                "select count(*) from svv_columns where table_schema !~ '^(pg_|information_schema)'"))
        .isBetween(800L, 1100L);
    assertThat(number("select count(*) from pg_attribute where attsortkeyord < 0")).isPositive();
    assertThat(number("select count(*) from pg_attribute where attisdistkey")).isPositive();
  }

  @Test
  void some_queries_and_a_vacuum_are_still_at_work() throws SQLException {
    assertThat(column("select distinct rtrim(status) from sys_query_history"))
        .contains("queued", "running", "success", "failed", "canceled");
    assertThat(number("select count(*) from sys_vacuum_history where end_time is null"))
        .isPositive();
  }

  @Test
  void values_are_as_lively_as_real_ones() throws SQLException {
    assertThat(number("select count(*) from sys_query_history where query_text like '%東京%'"))
        .isPositive();
    assertThat(number("select count(*) from sys_query_text where sequence > 0")).isPositive();
    assertThat(number("select count(*) from svv_table_info where skew_rows is null")).isPositive();
    assertThat(number("select count(*) from sys_vacuum_history where query_id is null"))
        .isPositive();
    assertThat(number("select count(*) from sys_query_history where user_id = 1")).isPositive();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select status from stl_vacuum limit 1")) {
      rows.next();
      assertThat(rows.getString(1)).as("blank-padded").hasSize(30);
    }
  }

  @Test
  void the_clock_of_the_warehouse_tells_the_time_of_its_data() throws SQLException {
    assertThat(number("select datediff(second, max(start_time), getdate()) from sys_query_history"))
        .isBetween(0L, 700L);
  }

  @Test
  void after_a_tick_a_reader_finds_new_changed_and_vanished_rows() throws SQLException {
    Map<String, String> queries = rows("select query_id, status from sys_query_history");
    Map<String, String> tables = rows("select table_id, tbl_rows from svv_table_info");
    Map<String, String> columns =
        rows("select table_schema || table_name || column_name, data_type from svv_columns");
    long scans = number("select count(*) from stl_scan where starttime >= getdate() - 6");

    cluster.tick();

    Map<String, String> queriesLater = rows("select query_id, status from sys_query_history");
    Map<String, String> tablesLater = rows("select table_id, tbl_rows from svv_table_info");
    Map<String, String> columnsLater =
        rows("select table_schema || table_name || column_name, data_type from svv_columns");
    assertThat(appearing(queries, queriesLater)).isNotEmpty();
    assertThat(changing(queries, queriesLater)).isNotEmpty();
    assertThat(appearing(queriesLater, queries)).as("older than a week").isNotEmpty();
    assertThat(appearing(tables, tablesLater)).isNotEmpty();
    assertThat(changing(tables, tablesLater)).isNotEmpty();
    assertThat(appearing(tablesLater, tables)).as("dropped").isNotEmpty();
    assertThat(appearing(columns, columnsLater)).isNotEmpty();
    assertThat(appearing(columnsLater, columns)).isNotEmpty();
    assertThat(number("select count(*) from stl_scan where starttime >= getdate() - 6"))
        .isNotEqualTo(scans);
  }

  @Test
  void the_same_seed_makes_the_same_cluster() throws SQLException {
    assertThat(everythingFrom(7)).isEqualTo(everythingFrom(7));
  }

  private static List<String> everythingFrom(long seed) throws SQLException {
    var everything = new ArrayList<String>();
    try (var fresh = RedshiftStandIn.start()) {
      LivelyCluster.raise(fresh, seed, 1, MONDAY_MORNING).tick();
      try (Connection admin = fresh.adminConnection();
          Statement statement = admin.createStatement()) {
        for (SystemView systemView : SystemView.LOGS) {
          try (ResultSet rows =
              statement.executeQuery(
                  "select x::text from " + systemView.name() + " x order by 1")) {
            while (rows.next()) {
              everything.add(rows.getString(1));
            }
          }
        }
      }
    }
    return everything;
  }

  @Test
  void serverless_has_a_bill_and_no_legacy_logs() throws SQLException {
    try (var serverless =
        RedshiftStandIn.start(StandInSettings.defaults().flavor(Flavor.SERVERLESS))) {
      LivelyCluster.raise(serverless, 42, 1, MONDAY_MORNING);
      try (Connection connection = connect(serverless)) {
        assertThat(number(connection, "select count(*) from sys_serverless_usage"))
            .isEqualTo(7 * 24 * 60);
        assertThat(number(connection, "select count(*) from stl_scan")).isZero();
        assertThat(number(connection, "select count(*) from stv_node_storage_capacity")).isZero();
        assertThat(number(connection, "select count(*) from sys_query_detail")).isPositive();
      }
    }
  }

  private static List<String> appearing(Map<String, String> before, Map<String, String> after) {
    return after.keySet().stream().filter(key -> !before.containsKey(key)).toList();
  }

  private static List<String> changing(Map<String, String> before, Map<String, String> after) {
    return after.keySet().stream()
        .filter(key -> before.containsKey(key) && !before.get(key).equals(after.get(key)))
        .toList();
  }

  private static Map<String, String> rows(String sql) throws SQLException {
    var found = new LinkedHashMap<String, String>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.put(rows.getString(1), rows.getString(2));
      }
    }
    return found;
  }

  private static List<String> column(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      var values = new ArrayList<String>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }

  private static long number(String sql) throws SQLException {
    try (Connection connection = connect()) {
      return number(connection, sql);
    }
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static Connection connect() throws SQLException {
    return connect(redshift);
  }

  private static Connection connect(RedshiftStandIn standIn) throws SQLException {
    return DriverManager.getConnection(standIn.jdbcUrl(), standIn.user(), standIn.password());
  }
}
