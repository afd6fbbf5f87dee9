package io.qupersync.domain.row;

import java.util.List;

/// Rows read together.
///
/// @param bytes an estimate of the heap they hold
public record RowBatch(List<Row> rows, long bytes) {

  public RowBatch {
    rows = List.copyOf(rows);
  }
}
