package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.row.PackedRows;
import io.qupersync.domain.row.PassingBatch;
import io.qupersync.domain.table.Column;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;

/// Sends rows that no rule touches into a table by COPY: in binary where all columns have a binary
/// form, else their bytes as they are.
final class PackedCopy {

  private static final int PIECE = 64 * 1024;
  private static final String NOT_BINARY = "22P03";

  private final Connection connection;
  private final String table;
  private final List<Column> columns;
  private final List<Column> more;
  private @Nullable Lines lines;

  /// How the lines of a load are sent.
  ///
  /// @param cells for each cell of a line, the position of its column among the target's
  private record Lines(List<Integer> cells, List<String> names, Optional<BinaryLines> binary) {

    /// What is strange comes more than once: let PostgreSQL read it from now on.
    Lines inText() {
      return new Lines(cells, names, Optional.empty());
    }
  }

  /// @param table its name in SQL
  /// @param columns those of the mapping, with the table's own types
  /// @param more columns whose cells no line has; their cells come with each batch
  PackedCopy(Connection connection, String table, List<Column> columns, List<Column> more) {
    this.connection = connection;
    this.table = table;
    this.columns = columns;
    this.more = more;
  }

  /// @param rest cells that every line lacks at its end, in the text form of COPY, apart by tabs;
  ///   empty when there are none
  /// @return how many rows the table has taken
  long send(PassingBatch batch, String rest) throws SQLException {
    byte[] cells = rest.isEmpty() ? new byte[0] : (rest + "\n").getBytes(StandardCharsets.UTF_8);
    Lines way = lines(batch.columns());
    if (way.binary.isEmpty()) {
      return CopyCommand.run(
          connection,
          CopyCommand.text(table, way.names),
          copy -> sendText(batch.rows(), cells, copy));
    }
    BinaryLines binary = way.binary.get();
    try {
      return CopyCommand.run(
          connection,
          CopyCommand.binary(table, way.names),
          copy -> binary.send(batch.rows(), cells, copy));
    } catch (SQLException refused) {
      if (NOT_BINARY.equals(refused.getSQLState())) {
        lines = way.inText();
      }
      throw refused;
    }
  }

  private Lines lines(List<Integer> cells) {
    Lines known = lines;
    if (known == null || !known.cells.equals(cells)) {
      List<Column> sent = Stream.concat(cells.stream().map(columns::get), more.stream()).toList();
      known =
          new Lines(
              cells,
              sent.stream().map(Column::name).toList(),
              BinaryLines.of(sent.stream().map(Column::type).toList()));
      lines = known;
    }
    return known;
  }

  private static void sendText(List<PackedRows> batches, byte[] more, CopyIn copy)
      throws SQLException {
    for (PackedRows rows : batches) {
      if (more.length == 0) {
        sendText(rows.text(), copy);
      } else {
        sendLonger(rows, more, copy);
      }
    }
  }

  private static void sendText(byte[] text, CopyIn copy) throws SQLException {
    for (int from = 0; from < text.length; from += PIECE) {
      copy.writeToCopy(text, from, Math.min(PIECE, text.length - from));
    }
  }

  private static void sendLonger(PackedRows rows, byte[] more, CopyIn copy) throws SQLException {
    byte[] piece = new byte[PIECE];
    int used = 0;
    int from = 0;
    for (int row = 0; row < rows.size(); row++) {
      int length = rows.end(row) - from;
      if (piece.length - used < length + more.length) {
        copy.writeToCopy(piece, 0, used);
        used = 0;
      }
      if (piece.length < length + more.length) {
        piece = new byte[length + more.length];
      }
      System.arraycopy(rows.text(), from, piece, used, length);
      piece[used + length - 1] = '\t';
      System.arraycopy(more, 0, piece, used + length, more.length);
      used += length + more.length;
      from = rows.end(row);
    }
    copy.writeToCopy(piece, 0, used);
  }
}
