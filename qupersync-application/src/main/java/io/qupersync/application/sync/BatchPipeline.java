package io.qupersync.application.sync;

import io.qupersync.application.port.Rows;
import io.qupersync.domain.row.RowBatch;
import java.util.List;
import java.util.function.Consumer;

/// Brings batches from a source to a writer.
public interface BatchPipeline {

  /// Reads all rows and gives them to the writer, in order and in groups of at most so many rows (a
  /// larger single batch goes alone). Returns when the last group has been written; batches read
  /// before a failure of the source are written before that failure is thrown. An interrupt ends
  /// both sides.
  void carry(Rows rows, int maxGroupRows, Consumer<List<RowBatch>> writer);

  /// Reads several parts of a source as if they were one, at most so many at a time. Rows of one
  /// part keep their order. The rows belong to the calling thread; to close them ends all reading,
  /// and returns when it has ended. The first part that fails fails them all.
  ///
  /// @param readers 1 or more
  Rows join(List<Part> parts, int readers);

  /// Rows that are read apart from others.
  interface Part {

    /// Called by the thread that reads the part, which also closes it.
    Rows open();

    /// Called by the thread that takes the rows of all parts, when those of this one have all been
    /// taken and their end is proven.
    void ended();
  }
}
