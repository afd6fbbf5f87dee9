package io.qupersync.infrastructure.redshift;

import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.table.CellText;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/// Cells as values in SQL.
final class CellSql {

  // The ends that stand in for "no end" in a user's own query. No extremes of the types: the query
  // may calculate with them, and must not run over the edge of the type.
  private static final LocalDateTime BEGINNING = LocalDateTime.of(1, 1, 1, 0, 0);
  private static final LocalDateTime END = LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000);
  private static final BigDecimal LARGE = BigDecimal.TEN.pow(18);
  private static final String LAST_CHARACTER = Character.toString(Character.MAX_CODE_POINT);

  private CellSql() {}

  /// Sends the value with the type of its column, so that the server compares the column as it is.
  /// A text goes without a type and takes that of what it is compared with: a text is the form of
  /// many types here.
  static void bind(PreparedStatement statement, int index, Object cell) throws SQLException {
    switch (cell) {
      case Instant instant -> statement.setObject(index, atUtc(instant));
      case BigDecimal number -> bind(statement, index, number);
      case String text -> statement.setString(index, text);
      default -> statement.setObject(index, cell);
    }
  }

  // a numeric value would make the server convert an integer column, row by row
  private static void bind(PreparedStatement statement, int index, BigDecimal number)
      throws SQLException {
    try {
      statement.setLong(index, number.longValueExact());
    } catch (ArithmeticException _) {
      statement.setBigDecimal(index, number);
    }
  }

  // the driver writes the outermost values of OffsetDateTime as the infinities, and Instant's lie
  // beyond them
  private static OffsetDateTime atUtc(Instant instant) {
    if (instant.equals(Instant.MAX)) {
      return OffsetDateTime.MAX;
    }
    return instant.equals(Instant.MIN) ? OffsetDateTime.MIN : instant.atOffset(ZoneOffset.UTC);
  }

  static String literal(Object cell) {
    String text = CellText.of(cell);
    return switch (cell) {
      case LocalDateTime _ -> "timestamp '%s'".formatted(text);
      case Instant _ -> "timestamptz '%s'".formatted(text);
      case LocalDate _ -> "date '%s'".formatted(text);
      case Long _, BigDecimal _, Boolean _ -> text;
      // Redshift takes a backslash for an escape
      default -> "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    };
  }

  /// What `:from` stands for when there is no lower end.
  static WatermarkValue beginning(WatermarkValue.Kind kind) {
    return switch (kind) {
      case TIMESTAMP -> new WatermarkValue.Timestamp(BEGINNING);
      case TIMESTAMPTZ -> new WatermarkValue.TimestampTz(BEGINNING.toInstant(ZoneOffset.UTC));
      case DATE -> new WatermarkValue.Date(BEGINNING.toLocalDate());
      case NUMBER -> new WatermarkValue.Numeric(LARGE.negate());
      case TEXT -> new WatermarkValue.Text("");
    };
  }

  /// What `:to` stands for when there is no upper end.
  static WatermarkValue end(WatermarkValue.Kind kind) {
    return switch (kind) {
      case TIMESTAMP -> new WatermarkValue.Timestamp(END);
      case TIMESTAMPTZ -> new WatermarkValue.TimestampTz(END.toInstant(ZoneOffset.UTC));
      case DATE -> new WatermarkValue.Date(END.toLocalDate());
      case NUMBER -> new WatermarkValue.Numeric(LARGE);
      case TEXT -> new WatermarkValue.Text(LAST_CHARACTER);
    };
  }
}
