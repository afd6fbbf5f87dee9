package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.row.Row;
import io.qupersync.domain.table.Column;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Sends rows into a table by COPY. Which cell goes where and how it is written is decided once.
final class RowCopy {

  private final Connection connection;
  private final String sql;
  private final CellEncoder[] encoders;
  private final int[] places;

  /// @param table its name in SQL
  /// @param columns what the cells of the rows are, in their order
  RowCopy(Connection connection, String table, List<Column> columns) {
    this(connection, table, columns, Optional.empty());
  }

  /// @param last a column that no row has a cell for
  RowCopy(Connection connection, String table, List<Column> columns, Optional<Column> last) {
    this(connection, table, columns, IntStream.range(0, columns.size()).toArray(), last);
  }

  /// @param checked columns that come a second time, as texts
  RowCopy(Connection connection, String table, List<Column> columns, CheckedColumns checked) {
    this(
        connection,
        table,
        Stream.concat(columns.stream(), checked.copies().stream()).toList(),
        IntStream.concat(IntStream.range(0, columns.size()), checked.places()).toArray(),
        Optional.empty());
  }

  private RowCopy(
      Connection connection,
      String table,
      List<Column> columns,
      int[] places,
      Optional<Column> last) {
    this.connection = connection;
    this.sql =
        CopyCommand.text(
            table, Stream.concat(columns.stream(), last.stream()).map(Column::name).toList());
    this.encoders =
        columns.stream().map(column -> CellEncoder.of(column.type())).toArray(CellEncoder[]::new);
    this.places = places;
  }

  long send(List<Row> rows) throws SQLException {
    return send(rows, Optional.empty());
  }

  /// @param last the cell of the last column in every row, in ASCII
  /// @return how many rows the table has taken
  long send(List<Row> rows, Optional<String> last) throws SQLException {
    return CopyCommand.run(
        connection,
        sql,
        copy -> {
          var buffer = new CopyBuffer(copy);
          for (Row row : rows) {
            encode(row, last, buffer);
          }
          buffer.flush();
        });
  }

  private void encode(Row row, Optional<String> last, CopyBuffer out) throws SQLException {
    out.cells(row, places, encoders);
    if (last.isPresent()) {
      out.endCell();
      out.plain(last.get());
    }
    out.endRow();
  }
}
