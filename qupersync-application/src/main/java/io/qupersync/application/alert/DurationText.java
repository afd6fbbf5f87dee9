package io.qupersync.application.alert;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// Times as people read them in a message.
final class DurationText {

  private DurationText() {}

  static String of(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /// The two largest units that say something: `6d 4h`, `15m`, `40s`.
  static String of(Duration duration) {
    if (duration.toDays() > 0) {
      return two(duration.toDays(), "d", duration.toHoursPart(), "h");
    }
    if (duration.toHours() > 0) {
      return two(duration.toHours(), "h", duration.toMinutesPart(), "m");
    }
    return duration.toMinutes() > 0
        ? two(duration.toMinutes(), "m", duration.toSecondsPart(), "s")
        : duration.toSeconds() + "s";
  }

  private static String two(long large, String largeUnit, int small, String smallUnit) {
    return small == 0 ? large + largeUnit : large + largeUnit + ' ' + small + smallUnit;
  }
}
