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
/// @param holdBackMax how long an open transaction may keep a watermark of a time type below its
///   beginning; zero not to ask for open transactions
/// @param open rows that are read again until they are final; empty when a row is final at once, or
///   changes its watermark whenever it changes
public record WatermarkRule(
    List<String> columns,
    Lookback lookback,
    FirstRead first,
    NullWatermarks nulls,
    boolean ordered,
    Optional<Duration> retention,
    Duration holdBackMax,
    Optional<OpenRows> open) {

  public static final Duration USUAL_HOLD_BACK_MAX = Duration.ofHours(1);

  public WatermarkRule(
      List<String> columns,
      Lookback lookback,
      FirstRead first,
      NullWatermarks nulls,
      boolean ordered,
      Optional<Duration> retention,
      Duration holdBackMax) {
    this(columns, lookback, first, nulls, ordered, retention, holdBackMax, Optional.empty());
  }

  public WatermarkRule(
      List<String> columns,
      Lookback lookback,
      FirstRead first,
      NullWatermarks nulls,
      boolean ordered) {
    this(columns, lookback, first, nulls, ordered, Optional.empty(), USUAL_HOLD_BACK_MAX);
  }

  public WatermarkRule {
    columns = List.copyOf(columns);
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("a watermark needs a column");
    }
  }
}
