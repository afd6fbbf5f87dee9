package io.qupersync.infrastructure.redshift;

import io.qupersync.domain.row.RowBatch;
import java.sql.ResultSet;
import java.sql.SQLException;

/// Gathers the rows of a result into batches. Belongs to one thread.
interface BatchReader {

  /// How large a batch may grow.
  ///
  /// @param rows of a batch at most
  /// @param bytes heap of a batch at most; a larger row goes alone
  record Limits(int rows, long bytes) {}

  /// Reads the row that the result stands on.
  ///
  /// @return false when it must wait for the next batch; it will be offered again
  boolean accept(ResultSet row) throws SQLException;

  /// About how much heap the driver needed for the row accepted last.
  long rowBytes();

  /// Whether the batch has its rows.
  boolean isFull();

  /// The rows gathered, none if there are none; the next batch begins.
  RowBatch take();
}
