package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.row.PackedRows;
import io.qupersync.domain.row.PassThroughBatch;
import io.qupersync.domain.table.Column;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Sends rows that no rule touches into a table by COPY: their bytes as they are, where the target
/// has the same types as the source; in text where PostgreSQL must make one type of another.
final class PackedCopy {

  private final Connection connection;
  private final String table;
  private final List<Column> columns;
  private final List<Column> more;
  private @Nullable Way way;

  /// How the rows of a load are sent.
  ///
  /// @param cells for each cell of a row, the position of its column among the target's
  private record Way(List<Integer> cells, String sql, Optional<BinaryRows> binary) {}

  /// @param table its name in SQL
  /// @param columns those of the mapping, with the table's own types
  /// @param more columns whose cells no row has; their cells come with each batch
  PackedCopy(Connection connection, String table, List<Column> columns, List<Column> more) {
    this.connection = connection;
    this.table = table;
    this.columns = columns;
    this.more = more;
  }

  /// @param rest cells that every row lacks at its end, in their text form
  /// @return how many rows the table has taken
  long send(PassThroughBatch batch, List<String> rest) throws SQLException {
    if (batch.rows().isEmpty()) {
      return 0;
    }
    Way known = way(batch, rest);
    return CopyCommand.run(
        connection,
        known.sql,
        copy -> {
          if (known.binary.isPresent()) {
            known.binary.get().send(batch.rows(), rest, copy);
          } else {
            TextRows.send(batch.rows(), rest, copy);
          }
        });
  }

  private Way way(PassThroughBatch batch, List<String> rest) {
    Way known = way;
    if (known == null || !known.cells.equals(batch.columns())) {
      known = way(batch.columns(), batch.rows().getFirst(), rest);
      way = known;
    }
    return known;
  }

  private Way way(List<Integer> cells, PackedRows rows, List<String> rest) {
    List<Column> read = cells.stream().map(columns::get).toList();
    List<String> names = Stream.concat(read.stream(), more.stream()).map(Column::name).toList();
    Optional<BinaryRows> binary =
        BinaryRows.of(rows, read.stream().map(Column::type).toList(), more, rest);
    return new Way(
        cells,
        binary.isPresent() ? CopyCommand.binary(table, names) : CopyCommand.text(table, names),
        binary);
  }
}
