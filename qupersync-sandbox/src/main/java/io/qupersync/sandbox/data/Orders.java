package io.qupersync.sandbox.data;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;

/// An ordinary table of orders, of any size, made inside the server.
///
/// Eleven columns of all everyday types; each value of `updated_at`, meant as watermark, is shared
/// by ten rows. The same arguments make the same rows.
public final class Orders {
  /// Where `updated_at` of the first rows lies.
  public static final Instant FIRST_UPDATE = Instant.parse("2026-01-01T00:00:00Z");

  private Orders() {}

  /// Creates the table, readable by everybody, with rows 1 to n.
  ///
  /// @param table a plain name, with its schema
  public static void create(Connection admin, String table, long rows) throws SQLException {
    try (Statement statement = admin.createStatement()) {
      statement.execute(
          """
          create table %s (
            id bigint not null,
            customer_id integer,
            status varchar(20),
            amount numeric(18, 4),
            weight double precision,
            paid boolean,
            order_date date,
            created_at timestamp,
            updated_at timestamp,
            shipped_at timestamptz,
            note varchar(256)
          )
          """
              .formatted(table));
      statement.execute("grant select on " + table + " to public");
    }
    append(admin, table, 1, rows);
    try (Statement statement = admin.createStatement()) {
      statement.execute("analyze " + table);
    }
  }

  /// Adds the rows with these ids, both included. Their `updated_at` follows from the id.
  public static void append(Connection admin, String table, long firstId, long lastId)
      throws SQLException {
    try (Statement statement = admin.createStatement()) {
      statement.execute("insert into " + table + " " + rows(firstId, lastId));
    }
  }

  /// Changes the amount of every so many-th row and sets its `updated_at`; returns how many.
  public static int touchEvery(Connection admin, String table, int nth, Instant updated)
      throws SQLException {
    try (PreparedStatement statement =
        admin.prepareStatement(
            """
            update %s set amount = amount + 1, updated_at = ?::timestamp where id %% ? = 0
            """
                .formatted(table))) {
      statement.setString(1, updated.toString());
      statement.setInt(2, nth);
      return statement.executeUpdate();
    }
  }

  /// Takes every so many-th row away; returns how many.
  public static int removeEvery(Connection admin, String table, int nth) throws SQLException {
    try (PreparedStatement statement =
        admin.prepareStatement("delete from %s where id %% ? = 0".formatted(table))) {
      statement.setInt(1, nth);
      return statement.executeUpdate();
    }
  }

  private static String rows(long firstId, long lastId) {
    return """
    select n,
           (n * 7919 %% 100000)::integer,
           (array['new', 'paid', 'packed', 'shipped', 'returned'])[n %% 5 + 1],
           (n * 104729 %% 100000000)::numeric(18, 4) / 10000 - 1000,
           (n * 31 %% 10007) / 7.0::double precision,
           n %% 3 = 0,
           date '2025-01-01' + (n %% 365)::integer,
           timestamp '2025-01-01' + n * interval '1 second' + n * interval '7 microseconds',
           timestamp '2026-01-01' + n / 10 * interval '1001 microseconds',
           timestamptz '2025-01-02 00:00Z' + n * interval '1 second',
           case n %% 4 when 0 then null when 1 then '' when 2 then 'größe ' || n
                      else 'line one' || chr(10) || 'tab' || chr(9) || 'and 漢字 ' || n end
    from   generate_series(%d::bigint, %d::bigint) n
    """
        .formatted(firstId, lastId);
  }
}
