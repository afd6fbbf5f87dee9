package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.table.Identifier;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// COPY into a table: its statement, and one run of it, which is called off when something fails.
final class CopyCommand {

  private CopyCommand() {}

  /// Sends what is copied.
  @FunctionalInterface
  interface Sending {
    void into(CopyIn copy) throws SQLException;
  }

  static String text(String table, List<String> names) {
    return copy(table, names, "format text, encoding 'UTF8'");
  }

  static String binary(String table, List<String> names) {
    return copy(table, names, "format binary");
  }

  private static String copy(String table, List<String> names, String options) {
    return "copy %s (%s) from stdin with (%s)"
        .formatted(
            table,
            names.stream().map(Identifier::quoted).collect(Collectors.joining(", ")),
            options);
  }

  /// @return how many rows the table has taken
  static long run(Connection connection, String sql, Sending sending) throws SQLException {
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
    try {
      sending.into(copy);
      return copy.endCopy();
    } catch (SQLException | RuntimeException | Error failure) {
      callOff(copy, failure);
      throw failure;
    }
  }

  private static void callOff(CopyIn copy, Throwable failure) {
    try {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    } catch (SQLException second) {
      // of two failures the first is told
      failure.addSuppressed(second);
    }
  }
}
