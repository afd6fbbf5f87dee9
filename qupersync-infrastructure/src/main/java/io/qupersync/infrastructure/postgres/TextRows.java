package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.row.PackedRows;
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
      for (int row = 0; row < rows.size(); row++) {
        send(rows, row, encoders, out);
        for (String cell : rest) {
          out.endCell();
          out.text(cell);
        }
        out.endRow();
      }
    }
    out.flush();
  }

  private static void send(PackedRows rows, int row, CellEncoder[] encoders, CopyBuffer out)
      throws SQLException {
    for (int place = 0; place < encoders.length; place++) {
      if (place > 0) {
        out.endCell();
      }
      Object cell = rows.cell(row, rows.columns().get(place));
      if (cell == null) {
        out.nothing();
      } else {
        encoders[place].encode(cell, out);
      }
    }
  }
}
