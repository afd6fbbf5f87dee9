package io.qupersync.domain.job;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How a job knows what it has read.
///
/// @param columns source columns whose values only grow, most significant first
/// @param first where the first run begins
/// @param ordered whether the source is asked to send rows in this order, so that a run that died
///   can resume
/// @param retention how long the source keeps its rows; empty when it keeps them for good
public record WatermarkRule(
    List<String> columns,
    Lookback lookback,
    FirstRead first,
    NullMarks nulls,
    boolean ordered,
    Optional<Duration> retention) {

  public WatermarkRule(
      List<String> columns, Lookback lookback, FirstRead first, NullMarks nulls, boolean ordered) {
    this(columns, lookback, first, nulls, ordered, Optional.empty());
  }

  public WatermarkRule {
    columns = List.copyOf(columns);
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("a watermark needs a column");
    }
  }
}
