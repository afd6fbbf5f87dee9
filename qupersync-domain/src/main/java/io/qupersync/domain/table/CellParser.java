package io.qupersync.domain.table;

import io.qupersync.domain.table.ColumnType.Plain;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/// Reads cells from the text form that users type and [CellText] writes: ISO dates and times, with
/// `T` or a blank between the two, time and zone optional, ` BC` at the end. A time without zone is
/// UTC.
public final class CellParser {

  // strict: the 31st of February is refused, not taken for the 28th
  private static final DateTimeFormatter DATE =
      new DateTimeFormatterBuilder()
          .appendValue(ChronoField.YEAR, 4, 9, SignStyle.NORMAL)
          .appendLiteral('-')
          .appendValue(ChronoField.MONTH_OF_YEAR, 2)
          .appendLiteral('-')
          .appendValue(ChronoField.DAY_OF_MONTH, 2)
          .toFormatter()
          .withResolverStyle(ResolverStyle.STRICT);

  private static final DateTimeFormatter DATE_TIME =
      new DateTimeFormatterBuilder()
          .append(DATE)
          .optionalStart()
          .appendLiteral('T')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalEnd()
          .appendPattern("[XXXXX][X]")
          .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
          .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
          .toFormatter()
          .withResolverStyle(ResolverStyle.STRICT);

  private CellParser() {}

  /// The cell of a given type.
  ///
  /// @throws IllegalArgumentException when the text is no value of that type; the message says what
  ///   would be
  public static Object read(String text, ColumnType type) {
    try {
      return switch (type) {
        case Plain plain -> plain(text, plain);
        case ColumnType.Fraction(Plain base, _) -> plain(text, base);
        case ColumnType.Decimal _ -> number(text.strip());
        case ColumnType.Varchar _, ColumnType.Char _, ColumnType.Other _ -> text;
      };
    } catch (DateTimeException | IllegalArgumentException notOne) {
      throw new IllegalArgumentException("'%s' is not a %s".formatted(text, example(type)), notOne);
    }
  }

  private static Object plain(String text, Plain type) {
    return switch (type) {
      case BOOLEAN -> truth(text.strip());
      case SMALLINT, INTEGER, BIGINT -> Long.valueOf(text.strip());
      case NUMERIC -> number(text.strip());
      case REAL -> Float.valueOf(text.strip());
      case DOUBLE -> Double.valueOf(text.strip());
      case DATE -> date(text.strip());
      case TIMESTAMP -> timestamp(text.strip());
      case TIMESTAMPTZ -> instant(text.strip());
      case BYTEA -> bytes(text.strip());
      case TEXT, TIME, TIMETZ, INTERVAL, JSON, JSONB, UUID -> text;
    };
  }

  private static Boolean truth(String text) {
    return switch (text) {
      case "true", "t" -> true;
      case "false", "f" -> false;
      default -> throw new IllegalArgumentException("neither true nor false");
    };
  }

  private static Object number(String text) {
    return switch (text) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> new BigDecimal(text);
    };
  }

  private static byte[] bytes(String text) {
    if (!text.startsWith("\\x")) {
      throw new IllegalArgumentException("bytes begin with \\x");
    }
    return HexFormat.of().parseHex(text, 2, text.length());
  }

  private static LocalDate date(String text) {
    return switch (text) {
      case "infinity" -> LocalDate.MAX;
      case "-infinity" -> LocalDate.MIN;
      default -> LocalDate.parse(iso(text), DATE);
    };
  }

  private static LocalDateTime timestamp(String text) {
    return switch (text) {
      case "infinity" -> LocalDateTime.MAX;
      case "-infinity" -> LocalDateTime.MIN;
      default -> LocalDateTime.ofInstant(finite(text), ZoneOffset.UTC);
    };
  }

  private static Instant instant(String text) {
    return switch (text) {
      case "infinity" -> Instant.MAX;
      case "-infinity" -> Instant.MIN;
      default -> finite(text);
    };
  }

  private static Instant finite(String text) {
    String iso = iso(text).replaceFirst("^(\\S+) +(?=\\d)", "$1T");
    Instant instant = OffsetDateTime.parse(iso, DATE_TIME).toInstant();
    if (!instant.truncatedTo(ChronoUnit.MICROS).equals(instant)) {
      throw new DateTimeException("finer than a microsecond, the finest a database keeps");
    }
    return instant;
  }

  /// The text in the years that Java counts by: 1 BC is the year 0 there, which PostgreSQL does not
  /// have.
  private static String iso(String text) {
    int dash = text.indexOf('-');
    int year = dash < 1 ? 0 : Integer.parseInt(text.substring(0, dash));
    if (year < 1) {
      throw new DateTimeException("no year");
    }
    return text.endsWith(" BC")
        ? (year > 1 ? "-" : "")
            + "%04d".formatted(year - 1)
            + text.substring(dash, text.length() - 3)
        : text;
  }

  private static String example(ColumnType type) {
    return switch (type) {
      case Plain.TIMESTAMP, Plain.TIMESTAMPTZ ->
          "time such as 2026-03-02T08:00:31.077231 (UTC) or 2026-03-02";
      case Plain.DATE -> "date such as 2026-03-02";
      case Plain.NUMERIC -> "number";
      default -> "value of type " + type.sql();
    };
  }
}
