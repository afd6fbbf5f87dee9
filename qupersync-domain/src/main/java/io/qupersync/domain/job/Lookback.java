package io.qupersync.domain.job;

import java.time.Duration;

/// How far before the watermark a run reads again, for rows that arrive late.
public sealed interface Lookback {

  record None() implements Lookback {}

  /// The job says nothing, and what its watermark is, only the source knows: so much for one of a
  /// time type, and none for others, of which nobody can guess how many come late.
  record Unsaid(Duration forTimes) implements Lookback {
    public Unsaid {
      if (forTimes.isNegative()) {
        throw new IllegalArgumentException("lookback must not be negative, was " + forTimes);
      }
    }
  }

  /// For watermarks of a time type.
  record OfTime(Duration reach) implements Lookback {
    public OfTime {
      if (reach.isNegative()) {
        throw new IllegalArgumentException("lookback must not be negative, was " + reach);
      }
    }
  }

  /// For watermarks that count.
  record OfCount(long reach) implements Lookback {
    public OfCount {
      if (reach < 0) {
        throw new IllegalArgumentException("lookback must not be negative, was " + reach);
      }
    }
  }
}
