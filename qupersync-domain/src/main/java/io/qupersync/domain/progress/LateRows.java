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
public record LateRows(Mark reached, Optional<Mark> earliest, Among among) {

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
  public static boolean canTell(Mark reached) {
    return reached.kind() != Mark.Kind.TEXT && reached.isFinite();
  }

  /// @param mark of a row that was written
  public boolean hold(Mark mark) {
    return mark.kind() == reached.kind()
        && mark.isFinite()
        && mark.compareWith(reached) < 0
        && earliest.map(begin -> mark.compareWith(begin) >= 0).orElse(true);
  }

  /// @param mark of a row that came late
  public Lateness lateness(Mark mark) {
    return new Lateness(
        switch (mark) {
          case Mark.Timestamp(var cell) when reached instanceof Mark.Timestamp(var by) ->
              new Lookback.OfTime(Duration.between(cell, by));
          case Mark.TimestampTz(var cell) when reached instanceof Mark.TimestampTz(var by) ->
              new Lookback.OfTime(Duration.between(cell, by));
          case Mark.Date(var cell) when reached instanceof Mark.Date(var by) ->
              new Lookback.OfTime(Duration.ofDays(ChronoUnit.DAYS.between(cell, by)));
          case Mark.Numeric(var cell) when reached instanceof Mark.Numeric(var by) ->
              new Lookback.OfCount(wholes(by.subtract(cell)));
          default -> throw new IllegalArgumentException("no distance to " + mark.kind());
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
