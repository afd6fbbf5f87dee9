package io.qupersync.sandbox.bench;

import io.qupersync.sandbox.data.Orders;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/// The orders of both sides, made on either by its own server.
///
/// As they were, and as they are: of every twenty rows one has changed since. At the source they
/// lie in the order of `updated_at` and are found by it, as in a Redshift table with that sort key.
final class OrdersData {

  /// The highest `updated_at` before the changes: what a run that saw all rows then goes on from.
  static String watermark(long rows) {
    return Orders.FIRST_UPDATE
        .plusNanos(rows / 10 * 1_001_000)
        .toString()
        .replace('T', ' ')
        .replace("Z", "");
  }

  private OrdersData() {}

  /// The rows as they are now, at the source, as `public.orders`.
  static void makeSource(BenchEnvironment benchEnvironment, long rows) throws SQLException {
    makeBefore(benchEnvironment.sourceAdmin(), "public.orders_before", rows);
    sorted(benchEnvironment, "public.orders", now("public.orders_before"));
    benchEnvironment.atSource("drop table public.orders_before");
  }

  /// A table of the source, in the order of `updated_at`.
  static void sorted(BenchEnvironment benchEnvironment, String table, String query)
      throws SQLException {
    benchEnvironment.atSource(
        "create table %s as %s order by updated_at".formatted(table, query),
        "create index on %s (updated_at)".formatted(table),
        "grant select on %s to public".formatted(table),
        "vacuum (analyze) " + table);
  }

  /// The rows as they were, wherever.
  static void makeBefore(Connection admin, String table, long rows) throws SQLException {
    Orders.create(admin, table, rows);
  }

  /// The rows as they are, made from what they were.
  static void makeNow(Connection admin, String table, String before) throws SQLException {
    try (Statement statement = admin.createStatement()) {
      statement.execute("create unlogged table %s as %s".formatted(table, now(before)));
    }
  }

  private static String now(String before) {
    return """
    select id, customer_id, status,
      (case when id %% 20 = 7 then amount + 1 else amount end)::numeric(18, 4) as amount,
      weight, paid, order_date, created_at,
      case when id %% 20 = 7 then timestamp '2026-02-01' + id / 200 * interval '1001 microseconds'
        else updated_at end as updated_at,
      shipped_at, note
    from %s
    """
        .formatted(before);
  }
}
