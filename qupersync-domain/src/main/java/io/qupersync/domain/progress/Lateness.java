package io.qupersync.domain.progress;

import io.qupersync.domain.job.Lookback;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// How late rows came that a job has seen: how far their watermarks lay below what the job had
/// reached when it first saw them.
///
/// @param most of the latest one; a lookback of so much would have caught these, but perhaps not
///   rows that nobody has seen
/// @param rows how many came late
public record Lateness(Lookback most, long rows) {

  private static final List<Duration> USUAL_REACHES =
      Stream.concat(
              Stream.of(1, 2, 5, 10, 15, 20, 25, 30, 45).map(Duration::ofMinutes),
              Stream.of(1, 2, 3, 4, 6, 8, 12, 18, 24).map(Duration::ofHours))
          .toList();

  public Lateness {
    if (rows < 1 || most instanceof Lookback.None || most instanceof Lookback.Unsaid) {
      throw new IllegalArgumentException(
          "lateness is seen in rows, was %s in %d".formatted(most, rows));
    }
  }

  /// The later, and both of them counted. When the watermark has become of another sort, the older
  /// observation says nothing any more.
  public Lateness and(Lateness newer) {
    return switch (newer.most) {
      case Lookback.OfTime(Duration reach) when most instanceof Lookback.OfTime(Duration before) ->
          new Lateness(
              new Lookback.OfTime(before.compareTo(reach) > 0 ? before : reach), rows + newer.rows);
      case Lookback.OfCount(long reach) when most instanceof Lookback.OfCount(long before) ->
          new Lateness(new Lookback.OfCount(Math.max(before, reach)), rows + newer.rows);
      default -> newer;
    };
  }

  /// Whether a job that looks back so far catches rows as late as these.
  public boolean isCaughtBy(Lookback lookback) {
    return switch (lookback) {
      case Lookback.OfTime(Duration reach) when most instanceof Lookback.OfTime(Duration late) ->
          reach.compareTo(late) >= 0;
      case Lookback.Unsaid(Duration reach) -> isCaughtBy(new Lookback.OfTime(reach));
      case Lookback.OfCount(long reach) when most instanceof Lookback.OfCount(long late) ->
          reach >= late;
      default -> false;
    };
  }

  /// A lookback that would have caught all of these: the job's own when it does, else the next one
  /// that people would choose. Of rows that nobody has seen it says nothing.
  public Lookback suggested(Lookback now) {
    return isCaughtBy(now)
        ? now
        : switch (most) {
          case Lookback.OfTime(Duration late) -> new Lookback.OfTime(usual(late));
          case Lookback.OfCount(long late) -> new Lookback.OfCount(usual(late));
          case Lookback.None _, Lookback.Unsaid _ -> most;
        };
  }

  private static Duration usual(Duration late) {
    return USUAL_REACHES.stream()
        .filter(reach -> reach.compareTo(late) >= 0)
        .findFirst()
        .orElseGet(() -> Duration.ofDays(late.plusDays(1).minusNanos(1).toDays()));
  }

  /// Two leading digits, rounded up.
  private static long usual(long late) {
    var exact = BigDecimal.valueOf(late);
    return exact
        .setScale(2 - exact.precision(), RoundingMode.UP)
        .min(BigDecimal.valueOf(Long.MAX_VALUE))
        .longValue();
  }
}
