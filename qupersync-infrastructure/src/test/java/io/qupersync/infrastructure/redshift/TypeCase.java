package io.qupersync.infrastructure.redshift;

import io.qupersync.domain.table.ColumnType;
import io.qupersync.domain.table.ColumnType.Plain;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.List;

/// One line of the table of types.
///
/// @param declared the column's type at the source
/// @param literal a value, as SQL
/// @param type the column as it must be seen
/// @param cell the value as it must be read
record TypeCase(String declared, String literal, ColumnType type, Object cell) {

  private static final String LONGEST = "ä".repeat(32_767) + "x";
  private static final String BIG_JSON = "{\"k\": \"" + "v".repeat(1_000_000) + "\"}";

  static List<TypeCase> all() {
    return List.of(
        // whole numbers, with the object identifiers of the catalogs
        of("smallint", "-32768", Plain.SMALLINT, -32_768L),
        of("smallint", "32767", Plain.SMALLINT, 32_767L),
        of("integer", "-2147483648", Plain.INTEGER, -2_147_483_648L),
        of("bigint", "9223372036854775807", Plain.BIGINT, Long.MAX_VALUE),
        of("bigint", "-9223372036854775808", Plain.BIGINT, Long.MIN_VALUE),
        of("oid", "4294967295", Plain.BIGINT, 4_294_967_295L),
        of("xid", "'4294967295'", Plain.BIGINT, 4_294_967_295L),
        // numbers with a fraction
        decimal("numeric(18,4)", "123.45", 18, 4, "123.4500"),
        decimal("numeric(18,0)", "-5", 18, 0, "-5"),
        decimal("numeric(38,0)", "9".repeat(38), 38, 0, "9".repeat(38)),
        decimal(
            "numeric(38,37)", "-1." + "0".repeat(36) + "1", 38, 37, "-1." + "0".repeat(36) + "1"),
        decimal("numeric(19,19)", "0.0000000000000000001", 19, 19, "1E-19"),
        of("numeric(10,2)", "'NaN'", new ColumnType.Decimal(10, 2), Double.NaN),
        of("numeric", "1e-20", Plain.NUMERIC, new BigDecimal("0.00000000000000000001")),
        of("numeric", "'NaN'", Plain.NUMERIC, Double.NaN),
        of("numeric", "'-Infinity'", Plain.NUMERIC, Double.NEGATIVE_INFINITY),
        of("real", "0.1", Plain.REAL, 0.1f),
        of("real", "'-Infinity'", Plain.REAL, Float.NEGATIVE_INFINITY),
        of("double precision", "0.1", Plain.DOUBLE, 0.1),
        of("double precision", "1.7976931348623157e308", Plain.DOUBLE, Double.MAX_VALUE),
        of("double precision", "'NaN'", Plain.DOUBLE, Double.NaN),
        of("boolean", "true", Plain.BOOLEAN, true),
        of("boolean", "false", Plain.BOOLEAN, false),
        // texts
        of("char(5)", "'ab'", new ColumnType.Char(5), "ab   "),
        of("varchar(10)", "''", new ColumnType.Varchar(10), ""),
        of("varchar(10)", "'a  '", new ColumnType.Varchar(10), "a  "),
        of("varchar(20)", "'𝄞 漢字 é\\t\\n\\\\'", new ColumnType.Varchar(20), "𝄞 漢字 é\t\n\\"),
        of("varchar(65535)", "repeat('ä', 32767) || 'x'", new ColumnType.Varchar(65_535), LONGEST),
        of("text", "'NULL'", Plain.TEXT, "NULL"),
        of("varchar", "'no length'", Plain.TEXT, "no length"),
        of("name", "'pg_class'", Plain.TEXT, "pg_class"),
        of("\"char\"", "'r'", Plain.TEXT, "r"),
        of("tid", "'(4,2)'", Plain.TEXT, "(4,2)"),
        of("int2vector", "'1 2 3'", Plain.TEXT, "1 2 3"),
        of("json", "'{\"b\": 1, \"a\": [null]}'", Plain.JSON, "{\"b\": 1, \"a\": [null]}"),
        // the stand-in's super is a text, which is how it tells its type
        of("super", "'" + BIG_JSON + "'", Plain.TEXT, BIG_JSON),
        of("bytea", "decode('00ff5c', 'hex')", Plain.BYTEA, HexFormat.of().parseHex("00ff5c")),
        of("varbyte", "''", Plain.BYTEA, new byte[0]),
        // days
        day("2026-03-02", LocalDate.of(2026, 3, 2)),
        day("9999-12-31", LocalDate.of(9999, 12, 31)),
        day("294275-12-31", LocalDate.of(294_275, 12, 31)),
        day("1500-01-01", LocalDate.of(1500, 1, 1)),
        day("0001-01-01", LocalDate.of(1, 1, 1)),
        day("0001-12-31 BC", LocalDate.of(0, 12, 31)),
        day("0005-02-29 BC", LocalDate.of(-4, 2, 29)),
        day("4713-11-24 BC", LocalDate.of(-4712, 11, 24)),
        day("infinity", LocalDate.MAX),
        day("-infinity", LocalDate.MIN),
        // moments; 02:30 does not exist in some zones on such a night
        moment("2026-03-08 02:30:00.000001", LocalDateTime.parse("2026-03-08T02:30:00.000001")),
        moment("2026-11-01 01:30:00", LocalDateTime.parse("2026-11-01T01:30")),
        moment("1500-01-01 00:00:00", LocalDateTime.parse("1500-01-01T00:00")),
        moment("9999-12-31 23:59:59.999999", LocalDateTime.parse("9999-12-31T23:59:59.999999")),
        moment("0044-03-15 12:00:00.5 BC", LocalDateTime.of(-43, 3, 15, 12, 0, 0, 500_000_000)),
        moment("infinity", LocalDateTime.MAX),
        moment("-infinity", LocalDateTime.MIN),
        instant("2026-03-08 02:30:00.123456-05", Instant.parse("2026-03-08T07:30:00.123456Z")),
        instant("2026-11-01 05:30:00+00", Instant.parse("2026-11-01T05:30:00Z")),
        instant("1883-11-18 12:03:57+00", Instant.parse("1883-11-18T12:03:57Z")),
        instant("0001-01-01 00:00:00+00", Instant.parse("0001-01-01T00:00:00Z")),
        instant("0044-03-15 12:00:00+00 BC", Instant.parse("-0043-03-15T12:00:00Z")),
        instant("9999-12-31 23:59:59.999999+00", Instant.parse("9999-12-31T23:59:59.999999Z")),
        instant("infinity", Instant.MAX),
        instant("-infinity", Instant.MIN),
        // times of day and spans, as text
        of("time", "'24:00:00'", Plain.TIME, "24:00:00"),
        of("time", "'02:30:00.000001'", Plain.TIME, "02:30:00.000001"),
        of("timetz", "'24:00:00+05:30'", Plain.TIMETZ, "24:00:00+05:30"),
        of("timetz", "'01:02:03.456789-14:59'", Plain.TIMETZ, "01:02:03.456789-14:59"),
        of(
            "interval",
            "'1 year 2 mons -3 days 04:05:06.7'",
            Plain.INTERVAL,
            "1 year 2 mons -3 days +04:05:06.7"));
  }

  /// Whether it can be sent in binary: a scaled integer is always a number, and of the types that
  /// only catalogs have the driver knows no binary form.
  boolean hasBinaryForm() {
    boolean number = !(type instanceof ColumnType.Decimal && cell instanceof Double);
    return number && !declared.equals("tid") && !declared.equals("int2vector");
  }

  private static TypeCase of(String declared, String literal, ColumnType type, Object cell) {
    return new TypeCase(declared, literal, type, cell);
  }

  private static TypeCase decimal(
      String declared, String literal, int precision, int scale, String cell) {
    return of(declared, literal, new ColumnType.Decimal(precision, scale), new BigDecimal(cell));
  }

  private static TypeCase day(String literal, LocalDate cell) {
    return of("date", "'" + literal + "'", Plain.DATE, cell);
  }

  private static TypeCase moment(String literal, LocalDateTime cell) {
    return of("timestamp", "'" + literal + "'", Plain.TIMESTAMP, cell);
  }

  private static TypeCase instant(String literal, Instant cell) {
    return of("timestamptz", "'" + literal + "'", Plain.TIMESTAMPTZ, cell);
  }

  @Override
  public String toString() {
    return literal.length() > 60
        ? declared + " " + literal.substring(0, 60)
        : declared + " " + literal;
  }
}
