package io.qupersync.sandbox.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// What a table holds: equal when all cells of all rows are.
///
/// @param rows how many
/// @param bytes of all rows as text
/// @param hash the sum of 64 bits for each row, taken of all its cells
record Contents(long rows, long bytes, String hash) {

  /// @param relation a table, or a query in parentheses
  static Contents of(Connection connection, String relation) throws SQLException {
    String sql =
        """
        select count(*), coalesce(sum(octet_length(r)), 0), coalesce(sum(hashtextextended(r, 0)), 0)
        from (select t::text as r from %s as t) as rows
        """
            .formatted(relation);
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return new Contents(row.getLong(1), row.getLong(2), row.getString(3));
    }
  }
}
