package io.qupersync.sandbox.data;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.postgresql.PGConnection;

/// Rows into tables by COPY, the only way that is fast enough for a demo that starts in seconds.
final class Copy {
  private Copy() {}

  static void into(Connection admin, String table, List<CopyLine> lines) throws SQLException {
    if (lines.isEmpty()) {
      return;
    }
    var text = new StringBuilder();
    lines.forEach(line -> text.append(line).append('\n'));
    try (Reader reader = new StringReader(text.toString())) {
      admin
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("copy %s from stdin".formatted(table), reader);
    } catch (IOException failure) {
      throw new SQLException("COPY into " + table, failure);
    }
  }

  static void into(Connection admin, SystemView systemView, List<CopyLine> lines)
      throws SQLException {
    into(admin, "%s (%s)".formatted(systemView.name(), systemView.columns()), lines);
  }

  /// Takes the rows with these keys away.
  static void remove(Connection admin, SystemView systemView, List<String> keys)
      throws SQLException {
    try (var statement =
        admin.prepareStatement(
            "delete from %s where %s::text = any (?)"
                .formatted(systemView.name(), systemView.key()))) {
      statement.setArray(1, admin.createArrayOf("text", keys.toArray()));
      statement.executeUpdate();
    }
  }

  /// Takes everything away that a view no longer keeps.
  static void forget(Connection admin, SystemView systemView, String before) throws SQLException {
    try (Statement statement = admin.createStatement()) {
      statement.executeUpdate(
          "delete from %s where %s < %s"
              .formatted(systemView.name(), systemView.time(), statement.enquoteLiteral(before)));
    }
  }
}
