package io.qupersync.domain.row;

import io.qupersync.domain.progress.Watermark;
import java.util.Optional;

/// Rows on their way into the target.
public sealed interface TargetBatch permits PassThroughBatch, ShapedBatch {

  /// How many source rows went in.
  long read();

  /// The highest watermark among all rows read, the rejected ones included, that is not beyond the
  /// run's ceiling.
  Optional<Watermark> highest();

  /// The rows one by one, each fit for the target or rejected.
  ShapedBatch shaped();
}
