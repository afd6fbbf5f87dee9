package io.qupersync.domain.row;

import java.util.List;

/// Rows read together, each for itself.
record LooseRows(List<Row> rows, long bytes) implements RowBatch {

  LooseRows {
    rows = List.copyOf(rows);
  }

  @Override
  public int size() {
    return rows.size();
  }
}
