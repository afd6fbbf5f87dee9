package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.row.PackedRows;
import io.qupersync.domain.table.Identifier;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// Sends packed rows into a table by COPY, their bytes as they are.
final class LineCopy {

  private static final int PIECE = 64 * 1024;

  private final Connection connection;
  private final String sql;
  private final byte[] more;

  private LineCopy(Connection connection, String sql, byte[] more) {
    this.connection = connection;
    this.sql = sql;
    this.more = more;
  }

  /// @param table its name in SQL
  /// @param columns what the cells of a line are, in their order
  static LineCopy into(Connection connection, String table, List<String> columns) {
    return new LineCopy(connection, sql(table, columns), new byte[0]);
  }

  /// @param more cells that every line lacks at its end, in the text form of COPY; the last of the
  ///   columns are theirs
  LineCopy with(String more) {
    return new LineCopy(connection, sql, ("\t" + more + "\n").getBytes(StandardCharsets.UTF_8));
  }

  static String sql(String table, List<String> columns) {
    return "copy %s (%s) from stdin with (format text, encoding 'UTF8')"
        .formatted(
            table, columns.stream().map(Identifier::quoted).collect(Collectors.joining(", ")));
  }

  /// @return how many rows the table has taken
  long send(List<PackedRows> batches) throws SQLException {
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
    try {
      for (PackedRows rows : batches) {
        if (more.length == 0) {
          send(rows.text(), copy);
        } else {
          sendLonger(rows, copy);
        }
      }
      return copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private static void send(byte[] text, CopyIn copy) throws SQLException {
    for (int from = 0; from < text.length; from += PIECE) {
      copy.writeToCopy(text, from, Math.min(PIECE, text.length - from));
    }
  }

  private void sendLonger(PackedRows rows, CopyIn copy) throws SQLException {
    byte[] piece = new byte[PIECE];
    int used = 0;
    int from = 0;
    for (int row = 0; row < rows.size(); row++) {
      int length = rows.end(row) - from - 1;
      if (piece.length - used < length + more.length) {
        copy.writeToCopy(piece, 0, used);
        used = 0;
      }
      if (piece.length < length + more.length) {
        piece = new byte[length + more.length];
      }
      System.arraycopy(rows.text(), from, piece, used, length);
      System.arraycopy(more, 0, piece, used + length, more.length);
      used += length + more.length;
      from = rows.end(row);
    }
    copy.writeToCopy(piece, 0, used);
  }
}
