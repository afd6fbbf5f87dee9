package io.qupersync.application.sync;

import io.qupersync.application.port.BatchStep;
import io.qupersync.domain.row.DeadLetter;
import io.qupersync.domain.row.ShapedBatch;
import io.qupersync.domain.run.RunTally;
import java.util.List;
import java.util.Optional;

/// Dead letters made rows again, one per key, and what is to become of the others.
///
/// @param rows the rows to write
/// @param settled the letters that are done with, once the rows are written
/// @param others counts the letters that are not written: as unchanged those that the target has
///   overtaken, as skipped those that stay
/// @param again letters whose key came twice, to be tried after the newest of that key
record LetterBatch(ShapedBatch rows, List<Long> settled, RunTally others, List<DeadLetter> again) {

  LetterBatch {
    settled = List.copyOf(settled);
    again = List.copyOf(again);
  }

  BatchStep step(long number) {
    return new BatchStep(number, Optional.empty(), settled);
  }
}
