package io.qupersync.sandbox.drill;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Holds every row of the source against the target's, in key order. Knows the drills' tables only,
/// and shares nothing with the product's own `verify`.
final class Oracle {

  private static final List<String> BUILT_IN_TABLES =
      List.of(
          "table_stats",
          "vacuum_history",
          "query_history",
          "alert_events",
          "node_details",
          "column_stats",
          "table_scan_stats",
          "applications");

  private static final String ORDERS =
      "select row_to_json(o)::text from (select id, customer, amount::text, note, updated_at from %s) as o order by id";
  private static final String STOCK =
      "select row_to_json(s)::text from (select sku, place, quantity, price::text from %s) as s order by sku collate \"C\", place";

  private final DrillEnvironment drillEnvironment;
  private final List<String> examples = new ArrayList<>();
  private long compared;
  private long differences;

  Oracle(DrillEnvironment drillEnvironment) {
    this.drillEnvironment = drillEnvironment;
  }

  long compared() {
    return compared;
  }

  long differences() {
    return differences;
  }

  /// The first differing row of each table that differs.
  List<String> examples() {
    return examples;
  }

  void compare(DrillWork drillWork) throws SQLException {
    try (Connection source = drillEnvironment.source().adminConnection();
        Connection target = drillEnvironment.target().connect()) {
      if (drillWork != DrillWork.STOCK) {
        compare(
            source,
            ORDERS.formatted("public.orders"),
            target,
            ORDERS.formatted("analytics.orders"));
      }
      if (drillWork != DrillWork.ORDERS) {
        compare(
            source, STOCK.formatted("public.stock"), target, STOCK.formatted("analytics.stock"));
      }
    }
    if (drillWork == DrillWork.ALL) {
      compareWithControl();
    }
  }

  private void compareWithControl() throws SQLException {
    try (Connection control = drillEnvironment.target().connect("control");
        Connection target = drillEnvironment.target().connect()) {
      for (String table : BUILT_IN_TABLES) {
        // but for when a row was brought, and for statistics of what the drills change meanwhile
        String sql =
            """
            select (to_jsonb(t) - 'synced_at')::text from quper.%s as t
            where (to_jsonb(t) ->> 'schema_name') is distinct from 'public' order by 1
            """
                .formatted(table);
        compare(control, sql, target, sql);
      }
    }
  }

  private void compare(Connection left, String leftSql, Connection right, String rightSql)
      throws SQLException {
    left.setAutoCommit(false);
    right.setAutoCommit(false);
    try (Statement expecting = left.createStatement();
        Statement finding = right.createStatement()) {
      // streamed
      expecting.setFetchSize(1000);
      finding.setFetchSize(1000);
      compare(expecting.executeQuery(leftSql), finding.executeQuery(rightSql));
    }
    left.rollback();
    right.rollback();
  }

  /// Rows are matched by their place: after one that is missing, all that follow differ too.
  private void compare(ResultSet expecting, ResultSet finding) throws SQLException {
    long before = differences;
    @Nullable String expected = next(expecting);
    @Nullable String found = next(finding);
    while (expected != null || found != null) {
      compared++;
      if (!Objects.equals(expected, found)) {
        differences++;
        if (differences == before + 1) {
          examples.add("expected %s, found %s".formatted(expected, found));
        }
      }
      expected = next(expecting);
      found = next(finding);
    }
  }

  private static @Nullable String next(ResultSet rows) throws SQLException {
    return rows.next() ? rows.getString(1) : null;
  }
}
