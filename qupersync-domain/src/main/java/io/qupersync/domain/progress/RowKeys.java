package io.qupersync.domain.progress;

import io.qupersync.domain.row.Row;
import java.util.List;

/// Rows of the source by their keys, whatever the watermark says.
///
/// @param columns of the source, by which a row is known
/// @param rows of each row the cells of these columns; none of them is NULL
public record RowKeys(List<String> columns, List<Row> rows) {

  public RowKeys {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    if (columns.isEmpty() || rows.isEmpty()) {
      throw new IllegalArgumentException("no keys at all");
    }
  }
}
