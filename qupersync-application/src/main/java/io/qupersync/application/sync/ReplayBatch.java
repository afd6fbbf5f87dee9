package io.qupersync.application.sync;

import io.qupersync.application.port.BatchStep;
import io.qupersync.domain.row.ShapedBatch;
import io.qupersync.domain.run.RunTally;
import java.util.List;
import java.util.Optional;

/// Dead letters made rows again, and what is to become of the others.
///
/// @param rows the rows to write, the oldest first
/// @param settled the letters that are done with, once the rows are written
/// @param others counts the letters that are not written: as unchanged those that the target has
///   overtaken, as skipped those that stay
record ReplayBatch(ShapedBatch rows, List<Long> settled, RunTally others) {

  ReplayBatch {
    settled = List.copyOf(settled);
  }

  BatchStep step(long number) {
    return new BatchStep(number, Optional.empty(), settled);
  }
}
