package io.qupersync.application.sync;

import io.qupersync.application.port.Rows;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.row.RowBatch;
import java.util.List;

/// How one run reads its window, over as many attempts as it takes. Used by one thread at a time.
sealed interface WindowRead permits SingleRead, SplitRead, KeyedRead {

  /// How rows become those of the target, in the order in which they come.
  TableMapping mapping();

  /// What is read, and how far the watermark may follow.
  Window window();

  /// Begins an attempt to read what is left.
  Rows open();

  /// Rows of this attempt have been committed; they come as they were read.
  void committed(List<RowBatch> batches);

  /// What was committed may be lost: what the run's progress does not know of is read again.
  void invalidate();

  /// To be asked after each attempt that failed: whether the next one has less to read.
  boolean madeProgress();
}
