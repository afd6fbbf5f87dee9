package io.qupersync.application.testkit;

import io.qupersync.domain.row.Row;
import io.qupersync.domain.table.CellText;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.ColumnType;
import io.qupersync.domain.table.ColumnType.Plain;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/// What the fakes know of single values: how PostgreSQL compares them, and which it refuses.
final class Cells {

  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", Pattern.CASE_INSENSITIVE);

  private Cells() {}

  /// The row's key in a form in which `equals` agrees with PostgreSQL's `=`.
  static List<Object> key(Row row) {
    var key = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      key.add(comparable(row.cell(i)));
    }
    return key;
  }

  static boolean same(Object one, Object other) {
    return Objects.equals(comparable(one), comparable(other));
  }

  static Object comparable(Object cell) {
    return switch (cell) {
      case null -> null;
      case BigDecimal number -> number.stripTrailingZeros();
      case byte[] bytes -> ByteBuffer.wrap(bytes);
      case Double number -> number + 0.0;
      case Float number -> number + 0.0f;
      default -> cell;
    };
  }

  /// As PostgreSQL orders values: NaN is the highest of all numbers.
  @SuppressWarnings("unchecked")
  static int compare(Object one, Object other) {
    return one.getClass() == other.getClass()
        ? ((Comparable<Object>) one).compareTo(other)
        : Double.compare(((Number) one).doubleValue(), ((Number) other).doubleValue());
  }

  static Map<String, Optional<String>> texts(List<String> names, Row row) {
    var texts = new LinkedHashMap<String, Optional<String>>();
    for (int i = 0; i < row.size(); i++) {
      texts.put(names.get(i), Optional.ofNullable(row.cell(i)).map(CellText::of));
    }
    return texts;
  }

  /// Why the database would refuse the cell, where it would: only it can judge a uuid's text.
  static Optional<String> refusal(Column column, Object cell) {
    return column.type() == Plain.UUID && cell != null && !UUID.matcher((String) cell).matches()
        ? Optional.of("invalid input syntax for type uuid")
        : Optional.empty();
  }

  /// Holds the mapping to its word: a cell has the Java type of its column.
  static void requireTyped(Column column, Object cell) {
    if (cell != null && !fits(column.type(), cell)) {
      throw new IllegalStateException(
          "column %s is %s, and its cell a %s"
              .formatted(column.name(), column.type().sql(), cell.getClass().getSimpleName()));
    }
  }

  private static boolean fits(ColumnType type, Object cell) {
    return switch (type) {
      case Plain plain ->
          switch (plain) {
            case BOOLEAN -> cell instanceof Boolean;
            case SMALLINT, INTEGER, BIGINT -> cell instanceof Long;
            case NUMERIC -> isNumeric(cell);
            case REAL -> cell instanceof Float;
            case DOUBLE -> cell instanceof Double;
            case DATE -> cell instanceof LocalDate;
            case TIMESTAMP -> cell instanceof LocalDateTime;
            case TIMESTAMPTZ -> cell instanceof Instant;
            case BYTEA -> cell instanceof byte[];
            case TEXT, TIME, TIMETZ, INTERVAL, JSON, JSONB, UUID -> cell instanceof String;
          };
      case ColumnType.Fraction(Plain base, _) -> fits(base, cell);
      case ColumnType.Decimal _ -> isNumeric(cell);
      case ColumnType.Varchar _, ColumnType.Char _, ColumnType.Other _ -> cell instanceof String;
    };
  }

  private static boolean isNumeric(Object cell) {
    return cell instanceof BigDecimal
        || (cell instanceof Double special && !Double.isFinite(special));
  }
}
