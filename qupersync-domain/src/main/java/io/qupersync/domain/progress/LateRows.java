package io.qupersync.domain.progress;

import io.qupersync.domain.job.Lookback;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Which of the rows that a run writes came late: those whose watermark lies before what the job
/// had reached when the run began, so that only the lookback, or a wider read, has caught them.
///
/// @param reached the leading value of the watermark then
/// @param earliest where the job's very first run would begin; rows before were never to be read
/// @param among which writes tell
public record LateRows(WatermarkValue reached, Optional<WatermarkValue> earliest, Among among) {

  /// Which of the rows written may be late.
  public enum Among {
    /// A run that goes back by its lookback alone: whatever it writes there was not there in time.
    WRITTEN,
    /// A run that reads further: it may also set right an old row that was changed in the target,
    /// which tells nothing.
    INSERTED
  }

  public LateRows {
    if (!canTell(reached)) {
      throw new IllegalArgumentException("nothing is late by " + reached.kind());
    }
  }

  /// Whether the distance to a mark can be told: of finite times and of numbers.
  public static boolean canTell(WatermarkValue reached) {
    return reached.kind() != WatermarkValue.Kind.TEXT && reached.isFinite();
  }

  /// @param watermarkValue of a row that was written
  public boolean hold(WatermarkValue watermarkValue) {
    return watermarkValue.kind() == reached.kind()
        && watermarkValue.isFinite()
        && watermarkValue.compareWith(reached) < 0
        && earliest.map(begin -> watermarkValue.compareWith(begin) >= 0).orElse(true);
  }

  /// @param watermarkValue of a row that came late
  public Lateness lateness(WatermarkValue watermarkValue) {
    return new Lateness(
        switch (watermarkValue) {
          case WatermarkValue.Timestamp(var cell)
              when reached instanceof WatermarkValue.Timestamp(var by) ->
              new Lookback.OfTime(Duration.between(cell, by));
          case WatermarkValue.TimestampTz(var cell)
              when reached instanceof WatermarkValue.TimestampTz(var by) ->
              new Lookback.OfTime(Duration.between(cell, by));
          case WatermarkValue.Date(var cell) when reached instanceof WatermarkValue.Date(var by) ->
              new Lookback.OfTime(Duration.ofDays(ChronoUnit.DAYS.between(cell, by)));
          case WatermarkValue.Numeric(var cell)
              when reached instanceof WatermarkValue.Numeric(var by) ->
              new Lookback.OfCount(wholes(by.subtract(cell)));
          default -> throw new IllegalArgumentException("no distance to " + watermarkValue.kind());
        },
        1);
  }

  private static long wholes(BigDecimal distance) {
    return distance
        .setScale(0, RoundingMode.UP)
        .min(BigDecimal.valueOf(Long.MAX_VALUE))
        .longValueExact();
  }
}
