package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.row.PackedRows;
import io.qupersync.domain.row.Row;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.copy.CopyIn;

/// Writes packed rows in COPY's text format.
final class TextRows {

  private TextRows() {}

  /// @param rest cells that every row lacks at its end
  static void send(List<PackedRows> batches, List<String> rest, CopyIn copy) throws SQLException {
    var out = new CopyBuffer(copy);
    for (PackedRows rows : batches) {
      CellEncoder[] encoders =
          rows.columns().stream()
              .map(column -> CellEncoder.of(rows.column(column).type()))
              .toArray(CellEncoder[]::new);
      int[] places = rows.columns().stream().mapToInt(Integer::intValue).toArray();
      for (Row row : rows.rows()) {
        out.cells(row, places, encoders);
        for (String cell : rest) {
          out.endCell();
          out.text(cell);
        }
        out.endRow();
      }
    }
    out.flush();
  }
}
