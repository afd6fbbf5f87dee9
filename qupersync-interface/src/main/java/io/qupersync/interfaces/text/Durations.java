package io.qupersync.interfaces.text;

import io.qupersync.domain.job.Schedule;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as people write them, in the configuration, on the command line and in the API:
/// numbers with a unit each, the largest unit first, such as `500ms`, `30s`, `5m`, `2h`, `7d` or
/// `1h30m`.
public final class Durations {

  private static final Pattern SHAPE =
      Pattern.compile(
          "(?:(\\d{1,6})d)?(?:(\\d{1,6})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?");
  private static final Pattern BARE_NUMBER = Pattern.compile("\\d+");

  private Durations() {}

  /// @throws IllegalArgumentException when the text is none
  public static Duration parse(String text) {
    return find(text)
        .orElseThrow(() ->
            new IllegalArgumentException(
                BARE_NUMBER.matcher(text).matches()
                    ? "'%s' has no unit; write ms, s, m, h or d after it, such as 5m"
                        .formatted(text)
                    : "'%s' is no duration; write numbers with units (ms, s, m, h, d), such as 5m or 1h30m"
                        .formatted(text)));
  }

  /// @throws IllegalArgumentException when the text is none, or zero
  public static Duration positive(String text) {
    Duration duration = parse(text);
    if (duration.isZero()) {
      throw new IllegalArgumentException("must be longer than zero, such as 30s");
    }
    return duration;
  }

  /// How often a job runs.
  ///
  /// @throws IllegalArgumentException when the text is none, or too short a time
  public static Duration interval(String text) {
    Duration duration = parse(text);
    if (duration.compareTo(Schedule.LEAST_INTERVAL) < 0) {
      throw new IllegalArgumentException(
          "'%s' is too often; the least interval is 1s".formatted(text));
    }
    return duration;
  }

  /// The duration that a text stands for; empty when it stands for none.
  public static Optional<Duration> find(String text) {
    Matcher parts = SHAPE.matcher(text);
    if (text.isEmpty() || !parts.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        Duration.ofDays(number(parts, 1))
            .plusHours(number(parts, 2))
            .plusMinutes(number(parts, 3))
            .plusSeconds(number(parts, 4))
            .plusMillis(number(parts, 5)));
  }

  private static long number(Matcher parts, int group) {
    return Optional.ofNullable(parts.group(group)).map(Long::parseLong).orElse(0L);
  }

  /// The duration in the same form; to the millisecond.
  public static String text(Duration duration) {
    if (duration.toMillis() == 0) {
      return "0s";
    }
    var text = new StringBuilder();
    append(text, duration.toDays(), "d");
    append(text, duration.toHoursPart(), "h");
    append(text, duration.toMinutesPart(), "m");
    append(text, duration.toSecondsPart(), "s");
    append(text, duration.toMillisPart(), "ms");
    return text.toString();
  }

  private static void append(StringBuilder text, long number, String unit) {
    if (number != 0) {
      text.append(number).append(unit);
    }
  }
}
