package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.row.Row;
import io.qupersync.domain.table.Column;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// Sends rows into a table by COPY. Which cell goes where and how it is written is decided once.
final class RowCopy {

  private final Connection connection;
  private final String sql;
  private final CellEncoder[] encoders;

  /// @param table its name in SQL
  /// @param columns what the cells of the rows are, in their order
  RowCopy(Connection connection, String table, List<Column> columns) {
    this.connection = connection;
    this.sql = LineCopy.sql(table, columns.stream().map(Column::name).toList());
    this.encoders =
        columns.stream().map(column -> CellEncoder.of(column.type())).toArray(CellEncoder[]::new);
  }

  void send(List<Row> rows) throws SQLException {
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
    try {
      var buffer = new CopyBuffer(copy);
      for (Row row : rows) {
        encode(row, buffer);
      }
      buffer.flush();
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private void encode(Row row, CopyBuffer out) throws SQLException {
    for (int i = 0; i < encoders.length; i++) {
      if (i > 0) {
        out.endCell();
      }
      Object cell = row.cell(i);
      if (cell == null) {
        out.nothing();
      } else {
        encoders[i].encode(cell, out);
      }
    }
    out.endRow();
  }
}
