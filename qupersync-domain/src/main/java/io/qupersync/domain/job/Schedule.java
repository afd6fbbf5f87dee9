package io.qupersync.domain.job;

import java.time.Duration;
import java.time.ZoneId;

/// When a job runs by itself.
public sealed interface Schedule {

  record Every(Duration interval) implements Schedule {
    public Every {
      if (!interval.isPositive()) {
        throw new IllegalArgumentException("an interval must be positive, was " + interval);
      }
    }
  }

  /// A five-field cron expression, in the time of a zone.
  record Cron(String expression, ZoneId zone) implements Schedule {}

  /// Only when asked.
  record Manual() implements Schedule {}
}
