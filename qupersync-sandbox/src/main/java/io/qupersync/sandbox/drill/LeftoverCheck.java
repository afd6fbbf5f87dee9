package io.qupersync.sandbox.drill;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Looks for what must not be left behind, on both sides.
final class LeftoverCheck {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration GLANCE = Duration.ofMillis(100);

  private final DrillEnvironment drillEnvironment;

  LeftoverCheck(DrillEnvironment drillEnvironment) {
    this.drillEnvironment = drillEnvironment;
  }

  /// A question whose answer should be 0.
  private record Trace(String what, String count) {}

  private static final Trace WATERMARK =
      new Trace(
          "watermark beyond the last committed row",
          """
          select count(*) from quper.qupersync_state as s
          where job_id = 'orders' and watermark is not null and watermark::timestamp >
            coalesce((select max(updated_at) from analytics.orders), '-infinity')
          """);

  private static final List<Trace> AT_TARGET =
      List.of(
          WATERMARK,
          new Trace("dead letters", "select count(*) from quper.dead_letters"),
          new Trace(
              "runs logged as running",
              "select count(*) from quper.sync_logs where status = 'running'"),
          new Trace(
              "leases not given back",
              "select count(*) from quper.leases where run_id is not null"),
          new Trace(
              "staging tables",
              "select count(*) from pg_class where relpersistence = 't' and relkind = 'r'"),
          new Trace(
              "sessions at the target",
              "select count(*) from pg_stat_activity where usename = '%s'"
                  .formatted(DrillEnvironment.WRITER)));

  private static final List<Trace> AT_SOURCE =
      List.of(
          new Trace(
              "sessions at the source",
              "select count(*) from pg_stat_activity where usename = 'qupersync'"),
          new Trace(
              "temporary tables at the source",
              "select count(*) from pg_class where relpersistence = 't' and relkind = 'r'"));

  /// What the target must never show, not even right after a blow.
  List<String> atAnyTime() throws SQLException {
    try (Connection target = drillEnvironment.target().connect()) {
      if (count(target, "select count(*) from pg_class where oid = to_regclass('analytics.orders')")
          == 0) {
        return List.of();
      }
      return left(target, List.of(WATERMARK));
    }
  }

  /// What is still there once servers have had the time to notice that a client is gone.
  List<String> atTheEnd() throws SQLException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (Connection target = drillEnvironment.target().connect();
        Connection source = drillEnvironment.source().adminConnection()) {
      List<String> left = all(source, target);
      while (!left.isEmpty() && System.nanoTime() < deadline) {
        Thread.sleep(GLANCE);
        left = all(source, target);
      }
      return left;
    }
  }

  private static List<String> all(Connection source, Connection target) throws SQLException {
    var left = new ArrayList<>(left(target, AT_TARGET));
    left.addAll(left(source, AT_SOURCE));
    return left;
  }

  private static List<String> left(Connection admin, List<Trace> traces) throws SQLException {
    var left = new ArrayList<String>();
    for (Trace trace : traces) {
      long count = count(admin, trace.count());
      if (count != 0) {
        left.add("%s: %d".formatted(trace.what(), count));
      }
    }
    return left;
  }

  static long count(Connection admin, String sql) throws SQLException {
    try (Statement statement = admin.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
