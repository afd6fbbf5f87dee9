package io.qupersync.interfaces.text;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Numbers, times and texts as people read them; the same on every machine, whatever its locale and
/// zone.
public final class HumanText {

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private HumanText() {}

  /// `1,234,567`.
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /// `1 row`, `2 rows`.
  public static String count(long number, String noun) {
    return count(number) + " " + noun + (number == 1 ? "" : "s");
  }

  /// `0.4`, `1,234.5`.
  public static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%,.1f", duration.toMillis() / 1000.0);
  }

  /// How many per second; `-` when there was no time to measure.
  public static String perSecond(long count, Duration duration) {
    long millis = duration.toMillis();
    return millis <= 0 ? "-" : count(Math.round(count * 1000.0 / millis));
  }

  /// The two largest units that say something: `45s`, `5m`, `1h 30m`, `2d 3h`; what is negative is
  /// `0s`.
  public static String duration(Duration duration) {
    if (duration.toMillis() > 0 && duration.toMillis() < 1000) {
      return duration.toMillis() + "ms";
    }
    var units = new ArrayList<String>();
    add(units, duration.toDaysPart(), "d");
    add(units, duration.toHoursPart(), "h");
    add(units, duration.toMinutesPart(), "m");
    add(units, duration.toSecondsPart(), "s");
    return units.isEmpty() ? "0s" : String.join(" ", units.subList(0, Math.min(2, units.size())));
  }

  private static void add(List<String> units, long amount, String unit) {
    if (amount > 0) {
      units.add(amount + unit);
    }
  }

  /// All of it, to the millisecond, as durations are written in the file: `1d2h`, `1m30s`, `500ms`.
  public static String wholeDuration(Duration duration) {
    var units = new ArrayList<String>();
    add(units, duration.toDaysPart(), "d");
    add(units, duration.toHoursPart(), "h");
    add(units, duration.toMinutesPart(), "m");
    add(units, duration.toSecondsPart(), "s");
    add(units, duration.toMillisPart(), "ms");
    return units.isEmpty() ? "0s" : String.join("", units);
  }

  /// `2026-03-02 08:00:00Z`.
  public static String instant(Instant instant) {
    return SECONDS.format(instant);
  }

  /// The text on one line, so that it can neither break a table nor forge a line of output.
  public static String oneLine(String text) {
    return text.strip().replaceAll("\\s*[\\r\\n]+\\s*", " ").replaceAll("\\p{Cntrl}", " ");
  }

  /// The text, cut to so many characters.
  public static String shortened(String text, int length) {
    return text.codePointCount(0, text.length()) <= length
        ? text
        : text.substring(0, text.offsetByCodePoints(0, length - 2)) + "..";
  }
}
