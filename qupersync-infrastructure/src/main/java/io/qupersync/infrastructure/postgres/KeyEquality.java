package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.mapping.CellOrigin;
import io.qupersync.domain.mapping.ColumnMapping;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.table.ColumnType;
import io.qupersync.domain.table.ColumnType.Plain;
import io.qupersync.infrastructure.postgres.TargetColumn.Collation;
import java.util.List;
import java.util.Optional;

/// Whether two keys that differ as they are read may be one key to the target: `A` and `a` to
/// citext, `0` and `-0` to a float, a text to a collation that ignores case or accents, any two
/// values that a column of another type or size makes one of.
final class KeyEquality {

  private KeyEquality() {}

  /// Whether rows that look different before they are written have different keys. Where nobody can
  /// be sure, they may not.
  static boolean isExact(TableMapping mapping, TargetTable there) {
    List<String> key = mapping.job().destination().key();
    return mapping.columns().stream()
        .filter(column -> key.contains(column.target().name()))
        .allMatch(
            column -> column.origin() instanceof CellOrigin.Constant || isExact(column, there));
  }

  private static boolean isExact(ColumnMapping column, TargetTable there) {
    Optional<TargetColumn> found = there.column(column.target().name());
    ColumnType stored = found.map(TargetColumn::type).orElse(column.target().type());
    boolean exactText =
        found.map(TargetColumn::collation).orElse(Collation.EXACT) == Collation.EXACT;
    ColumnType written = column.target().type();
    ColumnType read = column.source().orElseThrow().type();
    return switch (stored) {
      case Plain plain ->
          switch (plain) {
            case SMALLINT, INTEGER, BIGINT -> isWhole(written) && isWhole(read);
            case BOOLEAN, DATE, TIMESTAMP, TIMESTAMPTZ, BYTEA, UUID ->
                written == plain && read == plain;
            case TEXT ->
                exactText && (written == Plain.TEXT || written instanceof ColumnType.Varchar);
            // 1.0 is 1.00, 0 is -0, a day is 24 hours
            case NUMERIC, REAL, DOUBLE, TIME, TIMETZ, INTERVAL, JSON, JSONB -> false;
          };
      // blanks beyond the length are cut off
      case ColumnType.Varchar(int length) ->
          exactText && read instanceof ColumnType.Varchar(int most) && most <= length;
      case ColumnType.Decimal(_, int scale) ->
          written.equals(stored)
              && read instanceof ColumnType.Decimal(_, int digits)
              && digits == scale;
      case ColumnType.Char _, ColumnType.Fraction _, ColumnType.Other _ -> false;
    };
  }

  private static boolean isWhole(ColumnType type) {
    return type instanceof Plain plain
        && switch (plain) {
          case SMALLINT, INTEGER, BIGINT -> true;
          default -> false;
        };
  }

  /// Whether equal values may be spelt in different ways, so that a value can change and stay
  /// equal, or cannot be compared at all.
  static boolean hasSpellings(ColumnType stored, Collation collation) {
    return switch (stored) {
      case Plain plain ->
          switch (plain) {
            case TEXT -> collation == Collation.LENIENT;
            case NUMERIC, REAL, DOUBLE, INTERVAL, JSON, JSONB -> true;
            default -> false;
          };
      case ColumnType.Varchar _, ColumnType.Char _ -> collation == Collation.LENIENT;
      case ColumnType.Fraction(Plain base, _) -> base == Plain.INTERVAL;
      case ColumnType.Decimal _ -> false;
      case ColumnType.Other _ -> true;
    };
  }
}
