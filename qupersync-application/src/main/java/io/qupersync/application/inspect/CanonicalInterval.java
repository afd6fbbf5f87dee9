package io.qupersync.application.inspect;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Intervals as both databases write them, in words (`1 year 2 mons -3 days 04:05:06.7`, `@ 1 hour
/// ago`), boiled down to months, days and seconds; the three do not turn into each other.
final class CanonicalInterval {

  private static final Pattern PART =
      Pattern.compile(
          "(?<number>[+-]?\\d+(?:\\.\\d+)?)\\s*(?<unit>[a-z]+)"
              + "|(?<sign>[+-]?)(?<hours>\\d+):(?<minutes>\\d{2})(?::(?<seconds>\\d{2}(?:\\.\\d+)?))?");

  private BigDecimal months = BigDecimal.ZERO;
  private BigDecimal days = BigDecimal.ZERO;
  private BigDecimal seconds = BigDecimal.ZERO;

  private CanonicalInterval() {}

  /// The text itself, when it is written in some other way.
  static String of(String text) {
    String words = text.strip().toLowerCase(Locale.ROOT);
    boolean ago = words.endsWith(" ago");
    String parts = words.replaceFirst("^@\\s*", "").replaceFirst("\\s*ago$", "");
    var interval = new CanonicalInterval();
    Matcher part = PART.matcher(parts);
    int at = 0;
    while (part.find()) {
      if (!parts.substring(at, part.start()).isBlank() || !interval.add(part)) {
        return words;
      }
      at = part.end();
    }
    return at > 0 && parts.substring(at).isBlank() ? interval.text(ago) : words;
  }

  private boolean add(Matcher part) {
    if (part.group("number") == null) {
      BigDecimal time =
          new BigDecimal(part.group("hours"))
              .multiply(BigDecimal.valueOf(3600))
              .add(new BigDecimal(part.group("minutes")).multiply(BigDecimal.valueOf(60)))
              .add(new BigDecimal(part.group("seconds") == null ? "0" : part.group("seconds")));
      seconds = seconds.add("-".equals(part.group("sign")) ? time.negate() : time);
      return true;
    }
    return add(new BigDecimal(part.group("number")), part.group("unit"));
  }

  private boolean add(BigDecimal number, String unit) {
    switch (unit) {
      case "year", "years" -> months = months.add(number.multiply(BigDecimal.valueOf(12)));
      case "mon", "mons", "month", "months" -> months = months.add(number);
      case "day", "days" -> days = days.add(number);
      case "hour", "hours" -> seconds = seconds.add(number.multiply(BigDecimal.valueOf(3600)));
      case "min", "mins", "minute", "minutes" ->
          seconds = seconds.add(number.multiply(BigDecimal.valueOf(60)));
      case "sec", "secs", "second", "seconds" -> seconds = seconds.add(number);
      default -> {
        return false;
      }
    }
    return true;
  }

  private String text(boolean ago) {
    return "%s mons %s days %s secs"
        .formatted(signed(months, ago), signed(days, ago), signed(seconds, ago));
  }

  private static String signed(BigDecimal number, boolean ago) {
    return CanonicalForm.number(ago ? number.negate() : number);
  }
}
