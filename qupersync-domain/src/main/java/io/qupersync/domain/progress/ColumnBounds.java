package io.qupersync.domain.progress;

import java.util.Optional;

/// How far the values of a source reach at one moment.
///
/// @param least the lowest value of the column that is to be split; empty when there is none
/// @param most the highest
/// @param latest the highest leading value of the watermark; empty when there is none, or nobody
///   asked
public record ColumnBounds(
    Optional<WatermarkValue> least,
    Optional<WatermarkValue> most,
    Optional<WatermarkValue> latest) {

  /// Of a source without rows.
  public static ColumnBounds empty() {
    return new ColumnBounds(Optional.empty(), Optional.empty(), Optional.empty());
  }
}
