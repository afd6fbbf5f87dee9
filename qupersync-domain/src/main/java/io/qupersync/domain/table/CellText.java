package io.qupersync.domain.table;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;

/// The text form of cells, as PostgreSQL reads and writes it.
public final class CellText {

  private CellText() {}

  /// @throws IllegalArgumentException for an object that is no cell
  public static String of(Object cell) {
    return switch (cell) {
      case String text -> text;
      case Long number -> number.toString();
      case BigDecimal number -> number.toPlainString();
      case Boolean truth -> truth.toString();
      case Double number -> number.toString();
      case Float number -> number.toString();
      case LocalDate date -> date(date);
      case LocalDateTime moment -> timestamp(moment);
      case Instant instant -> instant(instant);
      case byte[] bytes -> "\\x" + HexFormat.of().formatHex(bytes);
      default -> throw new IllegalArgumentException("not a cell: " + cell.getClass().getName());
    };
  }

  private static String date(LocalDate date) {
    if (date.equals(LocalDate.MAX)) {
      return "infinity";
    }
    if (date.equals(LocalDate.MIN)) {
      return "-infinity";
    }
    var text = new StringBuilder(16);
    appendDate(text, date);
    appendEra(text, date);
    return text.toString();
  }

  private static String timestamp(LocalDateTime moment) {
    if (moment.equals(LocalDateTime.MAX)) {
      return "infinity";
    }
    if (moment.equals(LocalDateTime.MIN)) {
      return "-infinity";
    }
    var text = new StringBuilder(32);
    appendMoment(text, moment);
    appendEra(text, moment.toLocalDate());
    return text.toString();
  }

  private static String instant(Instant instant) {
    if (instant.equals(Instant.MAX)) {
      return "infinity";
    }
    if (instant.equals(Instant.MIN)) {
      return "-infinity";
    }
    LocalDateTime moment = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    var text = new StringBuilder(35);
    appendMoment(text, moment);
    text.append("+00");
    appendEra(text, moment.toLocalDate());
    return text.toString();
  }

  private static void appendMoment(StringBuilder text, LocalDateTime moment) {
    appendDate(text, moment.toLocalDate());
    text.append(' ');
    appendPadded(text, moment.getHour(), 2);
    text.append(':');
    appendPadded(text, moment.getMinute(), 2);
    text.append(':');
    appendPadded(text, moment.getSecond(), 2);
    int micros = moment.getNano() / 1000;
    if (micros > 0) {
      text.append('.');
      appendPadded(text, micros, 6);
    }
  }

  // PostgreSQL has no year 0: 1 BC is the year before 1 AD
  private static void appendDate(StringBuilder text, LocalDate date) {
    int year = date.getYear() > 0 ? date.getYear() : 1 - date.getYear();
    appendPadded(text, year, 4);
    text.append('-');
    appendPadded(text, date.getMonthValue(), 2);
    text.append('-');
    appendPadded(text, date.getDayOfMonth(), 2);
  }

  private static void appendEra(StringBuilder text, LocalDate date) {
    if (date.getYear() <= 0) {
      text.append(" BC");
    }
  }

  private static void appendPadded(StringBuilder text, int number, int digits) {
    String shown = Integer.toString(number);
    text.repeat('0', Math.max(0, digits - shown.length())).append(shown);
  }
}
