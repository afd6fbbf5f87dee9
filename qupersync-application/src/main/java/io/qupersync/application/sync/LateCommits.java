package io.qupersync.application.sync;

import io.qupersync.domain.job.Lookback;
import io.qupersync.domain.job.WatermarkRule;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.mapping.WatermarkReader;
import io.qupersync.domain.progress.Mark;
import java.time.Duration;
import java.util.Optional;

/// What a job may miss of rows whose transaction commits after another one that stamped its rows
/// later.
public final class LateCommits {

  private LateCommits() {}

  /// What is wrong with a job that does not look back; empty when it does, or has no watermark.
  public static Optional<String> unguarded(TableMapping mapping) {
    return mapping.watermark().flatMap(reader -> unguarded(rule(mapping).lookback(), reader));
  }

  private static Optional<String> unguarded(Lookback lookback, WatermarkReader reader) {
    Mark.Kind leading = reader.kinds().getFirst();
    if (leading == Mark.Kind.TEXT) {
      return Optional.of(
          "rows that are committed late are missed: for a watermark of text there is no lookback");
    }
    boolean looksBack =
        switch (lookback) {
          case Lookback.None _ -> false;
          case Lookback.Unsaid(Duration reach) -> leading.isTime() && !reach.isZero();
          case Lookback.OfTime(Duration reach) -> leading.isTime() && !reach.isZero();
          case Lookback.OfCount(long reach) -> !leading.isTime() && reach > 0;
        };
    return looksBack
        ? Optional.empty()
        : Optional.of(
            "rows that are committed late are missed: the job has no lookback; give watermark.lookback "
                + (leading.isTime() ? "a duration, such as 5m" : "a count, such as 1000"));
  }

  private static WatermarkRule rule(TableMapping mapping) {
    return mapping.job().extraction().watermark().orElseThrow();
  }
}
