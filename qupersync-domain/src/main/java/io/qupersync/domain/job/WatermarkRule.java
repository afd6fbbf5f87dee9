package io.qupersync.domain.job;

import java.util.List;

/// How a job knows what it has read.
///
/// @param columns source columns whose values only grow, most significant first
/// @param first where the first run begins
/// @param ordered whether the source is asked to send rows in this order, so that a run that died
///   can resume
public record WatermarkRule(
    List<String> columns, Lookback lookback, FirstRead first, NullMarks nulls, boolean ordered) {

  public WatermarkRule {
    columns = List.copyOf(columns);
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("a watermark needs a column");
    }
  }
}
