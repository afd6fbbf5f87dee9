package io.qupersync.domain.row;

import io.qupersync.domain.table.ColumnType;
import io.qupersync.domain.table.ColumnType.Plain;

/// How the cells of a column lie in packed rows: as PostgreSQL's binary COPY has them. Types whose
/// binary form nobody here writes lie in their text form.
///
/// @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY, binary format</a>
public enum PackedForm {
  /// One byte.
  TRUTH(1),
  /// Whole numbers of two, four and eight bytes.
  SHORT(2),
  INT(4),
  LONG(8),
  /// IEEE 754.
  FLOAT(4),
  DOUBLE(8),
  /// Groups of four decimal digits behind a head of eight bytes.
  NUMERIC(PackedForm.ANY),
  /// Days since the first of January 2000; the outermost numbers are the infinities.
  DATE(4),
  /// Microseconds since midnight.
  TIME(8),
  /// Microseconds since the beginning of 2000; the outermost numbers are the infinities.
  TIMESTAMP(8),
  /// The same, in UTC.
  TIMESTAMPTZ(8),
  BYTES(PackedForm.ANY),
  /// UTF-8.
  TEXT(PackedForm.ANY);

  private static final int ANY = -1;

  private final int width;

  PackedForm(int width) {
    this.width = width;
  }

  /// Whether a cell that is not NULL may have so many bytes.
  public boolean fits(int bytes) {
    return width == ANY || width == bytes;
  }

  /// How many bytes every cell has; negative where they differ.
  public int width() {
    return width;
  }

  public boolean isWhole() {
    return this == SHORT || this == INT || this == LONG;
  }

  public static PackedForm of(ColumnType type) {
    return switch (type) {
      case Plain plain -> of(plain);
      case ColumnType.Decimal _ -> NUMERIC;
      case ColumnType.Fraction(Plain base, _) -> of(base);
      case ColumnType.Varchar _, ColumnType.Char _, ColumnType.Other _ -> TEXT;
    };
  }

  private static PackedForm of(Plain type) {
    return switch (type) {
      case BOOLEAN -> TRUTH;
      case SMALLINT -> SHORT;
      case INTEGER -> INT;
      case BIGINT -> LONG;
      case NUMERIC -> NUMERIC;
      case REAL -> FLOAT;
      case DOUBLE -> DOUBLE;
      case DATE -> DATE;
      case TIME -> TIME;
      case TIMESTAMP -> TIMESTAMP;
      case TIMESTAMPTZ -> TIMESTAMPTZ;
      case BYTEA -> BYTES;
      case TEXT, TIMETZ, INTERVAL, JSON, JSONB, UUID -> TEXT;
    };
  }
}
