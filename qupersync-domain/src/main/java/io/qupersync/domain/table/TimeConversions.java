package io.qupersync.domain.table;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Conversions between dates and times; infinities stay infinite.
final class TimeConversions {

  private static final Pattern FRACTION = Pattern.compile("\\.(\\d{1,9})");

  static final Converter DATE_TO_TIMESTAMP =
      cell -> {
        LocalDate date = (LocalDate) cell;
        if (date.equals(LocalDate.MAX)) {
          return LocalDateTime.MAX;
        }
        return date.equals(LocalDate.MIN) ? LocalDateTime.MIN : date.atStartOfDay();
      };

  static final Converter TIMESTAMP_TO_DATE =
      cell -> {
        LocalDateTime moment = (LocalDateTime) cell;
        if (moment.equals(LocalDateTime.MAX) || moment.equals(LocalDateTime.MIN)) {
          return moment.toLocalDate();
        }
        return moment.toLocalTime().equals(LocalTime.MIDNIGHT)
            ? moment.toLocalDate()
            : new Refusal("a date cannot hold the time of day");
      };

  static final Converter TIMESTAMP_TO_INSTANT =
      cell -> {
        LocalDateTime moment = (LocalDateTime) cell;
        if (moment.equals(LocalDateTime.MAX)) {
          return Instant.MAX;
        }
        return moment.equals(LocalDateTime.MIN) ? Instant.MIN : moment.toInstant(ZoneOffset.UTC);
      };

  static final Converter INSTANT_TO_TIMESTAMP =
      cell -> {
        Instant instant = (Instant) cell;
        if (instant.equals(Instant.MAX)) {
          return LocalDateTime.MAX;
        }
        return instant.equals(Instant.MIN)
            ? LocalDateTime.MIN
            : LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
      };

  private TimeConversions() {}

  private static int nanosOf(String time) {
    Matcher fraction = FRACTION.matcher(time);
    return fraction.find() ? Integer.parseInt((fraction.group(1) + "00000000").substring(0, 9)) : 0;
  }

  /// Only times that need no rounding; PostgreSQL would round silently. Times of day and intervals
  /// are text here.
  static Converter fitting(int digits) {
    int step = (int) Math.pow(10, 9 - digits);
    var refusal = new Refusal("the time has more than %d fractional digits".formatted(digits));
    return cell -> {
      boolean infinite = cell.equals(LocalDateTime.MAX) || cell.equals(Instant.MAX);
      int nanos =
          switch (cell) {
            case LocalDateTime moment -> moment.get(ChronoField.NANO_OF_SECOND);
            case Instant instant -> instant.get(ChronoField.NANO_OF_SECOND);
            case String text -> nanosOf(text);
            default -> 0;
          };
      return infinite || nanos % step == 0 ? cell : refusal;
    };
  }
}
