package io.qupersync.domain.table;

import io.qupersync.domain.table.ColumnType.Plain;
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
            : new ConversionRefusal("a date cannot hold the time of day");
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

  // hours, minutes, seconds; PostgreSQL drops a date in front of it, and computes `now`
  private static final String TIME_OF_DAY =
      "\\s*(?:24:00(?::00(?:\\.0{1,9})?)?|(?:[01]?\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d(?:\\.\\d{1,9})?)?)";

  private static final Pattern TIME = Pattern.compile(TIME_OF_DAY + "\\s*");

  private static final Pattern TIMETZ =
      Pattern.compile(
          TIME_OF_DAY + "\\s*(?:[zZ]|[+-](?:0?\\d|1[0-5])(?::?[0-5]\\d(?::?[0-5]\\d)?)?)?\\s*");

  private TimeConversions() {}

  /// Texts that mean one time or interval and no other.
  ///
  /// @param type a time of day or an interval
  static Converter readAs(Plain type) {
    return switch (type) {
      case TIME -> matching(TIME, "the text is no time of day");
      case TIMETZ -> matching(TIMETZ, "the text is no time of day");
      default -> {
        var conversionRefusal = new ConversionRefusal("the text is no interval");
        yield cell ->
            IntervalText.canonical((String) cell)
                .<Object>map(text -> text)
                .orElse(conversionRefusal);
      }
    };
  }

  private static Converter matching(Pattern pattern, String otherwise) {
    var conversionRefusal = new ConversionRefusal(otherwise);
    return cell -> pattern.matcher((String) cell).matches() ? cell : conversionRefusal;
  }

  private static int nanosOf(String time) {
    Matcher fraction = FRACTION.matcher(time);
    return fraction.find() ? Integer.parseInt((fraction.group(1) + "00000000").substring(0, 9)) : 0;
  }

  /// Only times that need no rounding; PostgreSQL would round silently. Times of day and intervals
  /// are text here.
  static Converter fitting(int digits) {
    int step = (int) Math.pow(10, 9 - digits);
    var conversionRefusal =
        new ConversionRefusal("the time has more than %d fractional digits".formatted(digits));
    return cell -> {
      boolean infinite = cell.equals(LocalDateTime.MAX) || cell.equals(Instant.MAX);
      int nanos =
          switch (cell) {
            case LocalDateTime moment -> moment.get(ChronoField.NANO_OF_SECOND);
            case Instant instant -> instant.get(ChronoField.NANO_OF_SECOND);
            case String text -> nanosOf(text);
            default -> 0;
          };
      return infinite || nanos % step == 0 ? cell : conversionRefusal;
    };
  }
}
