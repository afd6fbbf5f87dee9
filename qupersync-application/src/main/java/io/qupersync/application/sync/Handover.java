package io.qupersync.application.sync;

import io.qupersync.application.port.Rows;
import io.qupersync.domain.row.RowBatch;
import java.util.List;
import java.util.function.Consumer;

/// Brings batches from a source to a writer.
public interface Handover {

  /// Reads all rows and gives them to the writer, in order and in groups of at most so many rows (a
  /// larger single batch goes alone). Returns when the last group has been written; batches read
  /// before a failure of the source are written before that failure is thrown. An interrupt ends
  /// both sides.
  void carry(Rows rows, int maxGroupRows, Consumer<List<RowBatch>> writer);
}
