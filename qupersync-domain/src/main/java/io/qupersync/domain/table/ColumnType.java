package io.qupersync.domain.table;

import java.util.Locale;
import java.util.Optional;

/// The type of a column on either side, in PostgreSQL's terms, and with it the Java type of its
/// cells:
///
/// | type | cell |
/// | --- | --- |
/// | boolean | `Boolean` |
/// | smallint, integer, bigint | `Long` |
/// | numeric | `BigDecimal`; `Double` for NaN and the infinities |
/// | real, double precision | `Float`, `Double` |
/// | date | `LocalDate`; `MAX` and `MIN` are the infinities |
/// | timestamp | `LocalDateTime`; `MAX` and `MIN` are the infinities |
/// | timestamptz | `Instant`; `MAX` and `MIN` are the infinities |
/// | bytea | `byte[]` |
/// | all others | `String`, the value's text form |
public sealed interface ColumnType {

  /// The type as PostgreSQL writes it.
  String sql();

  /// Types without a size.
  enum Plain implements ColumnType {
    BOOLEAN("boolean"),
    SMALLINT("smallint"),
    INTEGER("integer"),
    BIGINT("bigint"),
    NUMERIC("numeric"),
    REAL("real"),
    DOUBLE("double precision"),
    TEXT("text"),
    DATE("date"),
    TIME("time"),
    TIMETZ("timetz"),
    TIMESTAMP("timestamp"),
    TIMESTAMPTZ("timestamptz"),
    INTERVAL("interval"),
    BYTEA("bytea"),
    JSON("json"),
    JSONB("jsonb"),
    UUID("uuid");

    private final String sql;

    Plain(String sql) {
      this.sql = sql;
    }

    @Override
    public String sql() {
      return sql;
    }
  }

  /// `numeric(precision, scale)`; precision 1 to 1000, scale -1000 to 1000, as PostgreSQL has it.
  record Decimal(int precision, int scale) implements ColumnType {
    public Decimal {
      if (precision < 1 || precision > 1000 || scale < -1000 || scale > 1000) {
        throw new IllegalArgumentException(
            "numeric(%d,%d) does not exist".formatted(precision, scale));
      }
    }

    @Override
    public String sql() {
      return "numeric(%d,%d)".formatted(precision, scale);
    }
  }

  /// Text of up to `length` characters.
  record Varchar(int length) implements ColumnType {
    public Varchar {
      requireLength(length);
    }

    @Override
    public String sql() {
      return "varchar(" + length + ")";
    }
  }

  /// Text padded with blanks to `length` characters.
  record Char(int length) implements ColumnType {
    public Char {
      requireLength(length);
    }

    @Override
    public String sql() {
      return "char(" + length + ")";
    }
  }

  /// A time, timestamp or interval with fewer than six fractional digits.
  record Fraction(Plain base, int digits) implements ColumnType {
    public Fraction {
      boolean time =
          switch (base) {
            case TIME, TIMETZ, TIMESTAMP, TIMESTAMPTZ, INTERVAL -> true;
            default -> false;
          };
      if (!time || digits < 0 || digits > 6) {
        throw new IllegalArgumentException("%s(%d) does not exist".formatted(base.sql(), digits));
      }
    }

    @Override
    public String sql() {
      return base.sql() + "(" + digits + ")";
    }
  }

  /// A type only the target knows (an enum, citext, inet, an array); its text form is left to
  /// PostgreSQL to read.
  record Other(String sql) implements ColumnType {}

  private static void requireLength(int length) {
    if (length < 1 || length > 10_485_760) {
      throw new IllegalArgumentException("a text length is 1 to 10485760, was " + length);
    }
  }

  /// Reads a type as a user or PostgreSQL's `format_type` writes it; a name nobody here knows
  /// becomes [Other].
  ///
  /// @throws IllegalArgumentException when the text is no type name, or the size is impossible
  static ColumnType parse(String text) {
    return TypeNames.parse(text);
  }

  /// The type whose text form a plain name has, when there is one.
  static Optional<Plain> plain(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    for (Plain plain : Plain.values()) {
      if (plain.sql.equals(wanted)) {
        return Optional.of(plain);
      }
    }
    return Optional.empty();
  }
}
