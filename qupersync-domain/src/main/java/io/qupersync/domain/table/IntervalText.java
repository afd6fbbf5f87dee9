package io.qupersync.domain.table;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads intervals as databases write them, in words (`1 year 2 mons -3 days 04:05:06.7`, `@ 1 hour
/// ago`) and by ISO 8601 (`P1Y2M3DT4H`), and writes them as PostgreSQL does.
///
/// Only seconds may have a fraction: PostgreSQL makes other units of a fraction of a larger one.
final class IntervalText {

  private static final Pattern PART =
      Pattern.compile(
          "(?<number>[+-]?\\d{1,18}(?:\\.\\d{1,9})?)\\s*(?<unit>[a-z]+)"
              + "|(?<sign>[+-]?)(?<hours>\\d{1,12}):(?<minutes>[0-5]\\d)(?::(?<seconds>[0-5]\\d(?:\\.\\d{1,9})?))?");

  private static final Pattern ISO = Pattern.compile("p(?=[\\dt+-])[^t]*(?:t(?=[\\d+-]).*)?");
  private static final Pattern ISO_PART =
      Pattern.compile("([+-]?\\d{1,18}(?:\\.\\d{1,9})?)([a-z])");

  private static final int MONTHS_OF_A_YEAR = 12;

  private BigDecimal months = BigDecimal.ZERO;
  private BigDecimal days = BigDecimal.ZERO;
  private BigDecimal seconds = BigDecimal.ZERO;

  private IntervalText() {}

  /// @return empty when the text is written in some other way, or means no interval
  static Optional<String> canonical(String text) {
    String words = text.strip().toLowerCase(Locale.ROOT);
    var interval = new IntervalText();
    boolean understood =
        ISO.matcher(words).matches() ? interval.readIso(words) : interval.readWords(words);
    return understood && interval.isWhole() ? Optional.of(interval.text()) : Optional.empty();
  }

  private boolean readWords(String words) {
    boolean ago = words.endsWith(" ago");
    String parts = words.replaceFirst("^@\\s*", "").replaceFirst("\\s+ago$", "");
    Matcher part = PART.matcher(parts);
    int at = 0;
    while (part.find()) {
      if (!parts.substring(at, part.start()).isBlank() || !add(part)) {
        return false;
      }
      at = part.end();
    }
    if (ago) {
      months = months.negate();
      days = days.negate();
      seconds = seconds.negate();
    }
    return at > 0 && parts.substring(at).isBlank();
  }

  private boolean add(Matcher part) {
    if (part.group("number") != null) {
      return add(new BigDecimal(part.group("number")), part.group("unit"));
    }
    BigDecimal time =
        time(part.group("hours"), 3600)
            .add(time(part.group("minutes"), 60))
            .add(time(part.group("seconds"), 1));
    seconds = seconds.add("-".equals(part.group("sign")) ? time.negate() : time);
    return true;
  }

  private static BigDecimal time(@Nullable String number, int unit) {
    return number == null
        ? BigDecimal.ZERO
        : new BigDecimal(number).multiply(BigDecimal.valueOf(unit));
  }

  private boolean add(BigDecimal number, String unit) {
    return switch (unit) {
      case "year", "years" -> addMonths(number, MONTHS_OF_A_YEAR);
      case "mon", "mons", "month", "months" -> addMonths(number, 1);
      case "week", "weeks" -> addDays(number, 7);
      case "day", "days" -> addDays(number, 1);
      case "hour", "hours" -> addSeconds(number, 3600);
      case "min", "mins", "minute", "minutes" -> addSeconds(number, 60);
      case "sec", "secs", "second", "seconds" -> addSeconds(number, 1);
      default -> false;
    };
  }

  private boolean readIso(String text) {
    int time = text.indexOf('t');
    String dates = text.substring(1, time < 0 ? text.length() : time);
    return readIso(dates, "date") && (time < 0 || readIso(text.substring(time + 1), "time"));
  }

  private boolean readIso(String parts, String half) {
    Matcher part = ISO_PART.matcher(parts);
    int at = 0;
    while (part.find() && part.start() == at && addIso(part, half)) {
      at = part.end();
    }
    return at == parts.length();
  }

  private boolean addIso(Matcher part, String half) {
    var number = new BigDecimal(part.group(1));
    return switch (half + " " + part.group(2)) {
      case "date y" -> addMonths(number, MONTHS_OF_A_YEAR);
      case "date m" -> addMonths(number, 1);
      case "date w" -> addDays(number, 7);
      case "date d" -> addDays(number, 1);
      case "time h" -> addSeconds(number, 3600);
      case "time m" -> addSeconds(number, 60);
      case "time s" -> addSeconds(number, 1);
      default -> false;
    };
  }

  private boolean addMonths(BigDecimal number, int unit) {
    months = months.add(number.multiply(BigDecimal.valueOf(unit)));
    return isWhole(number);
  }

  private boolean addDays(BigDecimal number, int unit) {
    days = days.add(number.multiply(BigDecimal.valueOf(unit)));
    return isWhole(number);
  }

  private boolean addSeconds(BigDecimal number, int unit) {
    seconds = seconds.add(number.multiply(BigDecimal.valueOf(unit)));
    return unit == 1 || isWhole(number);
  }

  private static boolean isWhole(BigDecimal number) {
    return number.stripTrailingZeros().scale() <= 0;
  }

  /// Beyond that, PostgreSQL refuses it anyway.
  private boolean isWhole() {
    BigDecimal most = BigDecimal.valueOf(Integer.MAX_VALUE);
    return months.abs().compareTo(most) <= 0
        && days.abs().compareTo(most) <= 0
        && seconds.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE / 1_000_000)) < 0;
  }

  private String text() {
    var text = new StringBuilder();
    int all = months.intValueExact();
    boolean negative = part(text, all / MONTHS_OF_A_YEAR, "year", false);
    negative = part(text, all % MONTHS_OF_A_YEAR, "mon", negative);
    negative = part(text, days.intValueExact(), "day", negative);
    if (seconds.signum() != 0 || text.isEmpty()) {
      text.append(text.isEmpty() ? "" : " ");
      text.append(seconds.signum() < 0 ? "-" : negative ? "+" : "");
      text.append(clock(seconds.abs()));
    }
    return text.toString();
  }

  /// @param negative whether the part before it is
  /// @return whether this one is, or, where it is nothing, the one before it
  private static boolean part(StringBuilder text, int number, String unit, boolean negative) {
    if (number == 0) {
      return negative;
    }
    text.append(text.isEmpty() ? "" : " ")
        .append(negative && number > 0 ? "+" : "")
        .append(number)
        .append(' ')
        .append(unit)
        .append(number == 1 ? "" : "s");
    return number < 0;
  }

  private static String clock(BigDecimal seconds) {
    long whole = seconds.longValue();
    BigDecimal fraction = seconds.subtract(BigDecimal.valueOf(whole)).stripTrailingZeros();
    String digits = fraction.signum() == 0 ? "" : fraction.toPlainString().substring(1);
    return "%02d:%02d:%02d%s".formatted(whole / 3600, whole / 60 % 60, whole % 60, digits);
  }
}
