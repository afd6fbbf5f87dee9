package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.table.CellText;
import io.qupersync.domain.table.ColumnType;
import io.qupersync.domain.table.ColumnType.Plain;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/// Writes the cells of one column. Resolved once per load.
@FunctionalInterface
interface CellEncoder {

  /// @param cell not NULL, of the column type's Java type
  void encode(Object cell, CopyBuffer out) throws SQLException;

  static CellEncoder of(ColumnType type) {
    return switch (type) {
      case Plain plain -> of(plain);
      case ColumnType.Decimal _ -> CellEncoder::number;
      case ColumnType.Fraction(Plain base, _) -> of(base);
      case ColumnType.Varchar _, ColumnType.Char _, ColumnType.Other _ -> CellEncoder::text;
    };
  }

  private static CellEncoder of(Plain type) {
    return switch (type) {
      case BOOLEAN -> (cell, out) -> out.plain((Boolean) cell ? 't' : 'f');
      case SMALLINT, INTEGER, BIGINT -> (cell, out) -> out.number((Long) cell);
      case NUMERIC, REAL, DOUBLE -> CellEncoder::number;
      case DATE -> (cell, out) -> date((LocalDate) cell, out);
      case TIMESTAMP -> (cell, out) -> timestamp((LocalDateTime) cell, out);
      case TIMESTAMPTZ -> (cell, out) -> instant((Instant) cell, out);
      case BYTEA -> (cell, out) -> out.hex((byte[]) cell);
      case TEXT, TIME, TIMETZ, INTERVAL, JSON, JSONB, UUID -> CellEncoder::text;
    };
  }

  private static void text(Object cell, CopyBuffer out) throws SQLException {
    out.text(cell instanceof String text ? text : CellText.of(cell));
  }

  // Java's text of a float is the shortest that reads back to the same value; of a decimal it may
  // have an exponent, which PostgreSQL reads and which keeps 1E+1000 from filling a page
  private static void number(Object cell, CopyBuffer out) throws SQLException {
    switch (cell) {
      case BigDecimal decimal -> out.plain(decimal.toString());
      case Long whole -> out.number(whole);
      default -> out.plain(cell.toString());
    }
  }

  private static void date(LocalDate date, CopyBuffer out) throws SQLException {
    if (date.equals(LocalDate.MAX)) {
      out.plain("infinity");
    } else if (date.equals(LocalDate.MIN)) {
      out.plain("-infinity");
    } else {
      day(date, out);
      era(date, out);
    }
  }

  private static void timestamp(LocalDateTime moment, CopyBuffer out) throws SQLException {
    if (moment.equals(LocalDateTime.MAX)) {
      out.plain("infinity");
    } else if (moment.equals(LocalDateTime.MIN)) {
      out.plain("-infinity");
    } else {
      moment(moment, out);
      era(moment.toLocalDate(), out);
    }
  }

  private static void instant(Instant instant, CopyBuffer out) throws SQLException {
    if (instant.equals(Instant.MAX)) {
      out.plain("infinity");
    } else if (instant.equals(Instant.MIN)) {
      out.plain("-infinity");
    } else {
      LocalDateTime moment = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
      moment(moment, out);
      out.plain("+00");
      era(moment.toLocalDate(), out);
    }
  }

  private static void moment(LocalDateTime moment, CopyBuffer out) throws SQLException {
    day(moment.toLocalDate(), out);
    out.plain(' ');
    out.padded(moment.getHour(), 2);
    out.plain(':');
    out.padded(moment.getMinute(), 2);
    out.plain(':');
    out.padded(moment.getSecond(), 2);
    int micros = moment.getNano() / 1000;
    if (micros > 0) {
      out.plain('.');
      out.padded(micros, 6);
    }
  }

  // PostgreSQL has no year 0: 1 BC is the year before 1 AD
  private static void day(LocalDate date, CopyBuffer out) throws SQLException {
    int year = date.getYear() > 0 ? date.getYear() : 1 - date.getYear();
    if (year < 10_000) {
      out.padded(year, 4);
    } else {
      out.number(year);
    }
    out.plain('-');
    out.padded(date.getMonthValue(), 2);
    out.plain('-');
    out.padded(date.getDayOfMonth(), 2);
  }

  private static void era(LocalDate date, CopyBuffer out) throws SQLException {
    if (date.getYear() <= 0) {
      out.plain(" BC");
    }
  }
}
