package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.table.ColumnType;
import io.qupersync.domain.table.ColumnType.Plain;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/// Reads cells of one type back from the target.
enum TargetCell {
  TRUTH,
  WHOLE,
  DECIMAL,
  REAL,
  DOUBLE,
  DATE,
  TIMESTAMP,
  TIMESTAMPTZ,
  BYTES,
  TEXT,
  /// Of a type whose text form only the server knows.
  AS_TEXT,
  /// Of a type that nobody here knows: a cast to text may say more than the type's own text.
  BY_OUTPUT;

  static TargetCell of(ColumnType type) {
    return switch (type) {
      case Plain plain ->
          switch (plain) {
            case BOOLEAN -> TRUTH;
            case SMALLINT, INTEGER, BIGINT -> WHOLE;
            case NUMERIC -> DECIMAL;
            case REAL -> REAL;
            case DOUBLE -> DOUBLE;
            case DATE -> DATE;
            case TIMESTAMP -> TIMESTAMP;
            case TIMESTAMPTZ -> TIMESTAMPTZ;
            case BYTEA -> BYTES;
            case TEXT -> TEXT;
            case TIME, TIMETZ, INTERVAL, JSON, JSONB, UUID -> AS_TEXT;
          };
      case ColumnType.Decimal _ -> DECIMAL;
      case ColumnType.Fraction(Plain base, _) -> of(base);
      case ColumnType.Varchar _ -> TEXT;
      // as text it comes without the blanks that fill it
      case ColumnType.Char _ -> AS_TEXT;
      case ColumnType.Other _ -> BY_OUTPUT;
    };
  }

  /// How the column is asked for.
  String selected(String name) {
    return switch (this) {
      case AS_TEXT -> name + "::text";
      // not `is not null`, which a row with one NULL in it is not either
      case BY_OUTPUT ->
          "case when %1$s is distinct from null then format('%%s', %1$s) end".formatted(name);
      default -> name;
    };
  }

  @Nullable Object read(ResultSet row, int column) throws SQLException {
    return switch (this) {
      case TRUTH -> orNull(row, row.getBoolean(column));
      case WHOLE -> orNull(row, row.getLong(column));
      case REAL -> orNull(row, row.getFloat(column));
      case DOUBLE -> orNull(row, row.getDouble(column));
      case DECIMAL -> decimal(row.getString(column));
      case DATE -> row.getObject(column, LocalDate.class);
      case TIMESTAMP -> row.getObject(column, LocalDateTime.class);
      case TIMESTAMPTZ -> instant(row.getObject(column, OffsetDateTime.class));
      case BYTES -> row.getBytes(column);
      case TEXT, AS_TEXT, BY_OUTPUT -> row.getString(column);
    };
  }

  private static @Nullable Object orNull(ResultSet row, Object cell) throws SQLException {
    return row.wasNull() ? null : cell;
  }

  private static @Nullable Object decimal(@Nullable String text) {
    return switch (text) {
      case null -> null;
      case "NaN", "Infinity", "-Infinity" -> Double.valueOf(text);
      default -> new BigDecimal(text);
    };
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime moment) {
    if (moment == null) {
      return null;
    }
    if (moment.equals(OffsetDateTime.MAX)) {
      return Instant.MAX;
    }
    return moment.equals(OffsetDateTime.MIN) ? Instant.MIN : moment.toInstant();
  }

  /// About how much heap a cell takes.
  static long bytes(@Nullable Object cell) {
    return switch (cell) {
      case null -> 0;
      case String text -> 56 + 2L * text.length();
      case byte[] bytes -> 24L + bytes.length;
      default -> 48;
    };
  }
}
