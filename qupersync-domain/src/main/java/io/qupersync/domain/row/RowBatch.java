package io.qupersync.domain.row;

import java.util.List;

/// Rows read together.
public sealed interface RowBatch permits ObjectRows, PackedRows {

  static RowBatch of(List<Row> rows, long bytes) {
    return new ObjectRows(rows, bytes);
  }

  int size();

  /// An estimate of the heap they hold.
  long bytes();

  /// The rows one by one. Packed rows are unpacked anew each time.
  List<Row> rows();

  /// Says that nobody will look at these rows again: their memory may be used for others.
  default void release() {}
}
