package io.qupersync.domain.row;

import java.util.List;

/// Rows read together, each for itself.
record ObjectRows(List<Row> rows, long bytes) implements RowBatch {

  ObjectRows {
    rows = List.copyOf(rows);
  }

  @Override
  public int size() {
    return rows.size();
  }
}
