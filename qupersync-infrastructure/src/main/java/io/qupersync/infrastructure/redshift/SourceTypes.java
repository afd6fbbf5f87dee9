package io.qupersync.infrastructure.redshift;

import io.qupersync.domain.table.ColumnType;
import io.qupersync.domain.table.ColumnType.Char;
import io.qupersync.domain.table.ColumnType.Decimal;
import io.qupersync.domain.table.ColumnType.Plain;
import io.qupersync.domain.table.ColumnType.Varchar;
import java.util.Locale;
import java.util.Optional;

/// Redshift's types in PostgreSQL's terms.
final class SourceTypes {

  /// The longest `varchar(n)` of PostgreSQL; Redshift's expressions may be longer.
  private static final int LONGEST_VARCHAR = 10_485_760;

  private SourceTypes() {}

  /// @param name as the driver reports it: `int8`, `bpchar`
  /// @param precision digits, or length of a text; 0 where the type has none
  /// @return empty for a type whose values have no text form that could be copied
  static Optional<ColumnType> of(String name, int precision, int scale) {
    return Optional.ofNullable(
        switch (name.toLowerCase(Locale.ROOT)) {
          case "bool" -> Plain.BOOLEAN;
          case "int2" -> Plain.SMALLINT;
          case "int4" -> Plain.INTEGER;
          // the unsigned 32-bit numbers of the catalogs do not fit an integer
          case "int8", "oid", "xid", "cid" -> Plain.BIGINT;
          case "numeric" -> precision > 0 ? new Decimal(precision, scale) : Plain.NUMERIC;
          case "float4" -> Plain.REAL;
          case "float8" -> Plain.DOUBLE;
          case "date" -> Plain.DATE;
          case "time" -> Plain.TIME;
          case "timetz" -> Plain.TIMETZ;
          case "timestamp" -> Plain.TIMESTAMP;
          case "timestamptz" -> Plain.TIMESTAMPTZ;
          case "interval", "intervaly2m", "intervald2s" -> Plain.INTERVAL;
          case "varbyte", "varbinary", "bytea", "geography" -> Plain.BYTEA;
          case "super", "json" -> Plain.JSON;
          case "bpchar" -> hasLength(precision) ? new Char(precision) : Plain.TEXT;
          case "varchar" -> hasLength(precision) ? new Varchar(precision) : Plain.TEXT;
          case "geometry", "geometryhex", "refcursor", "anyarray", "void" -> null;
          // names, labels, object identifiers, arrays of the catalogs, sketches: all have a text
          default -> Plain.TEXT;
        });
  }

  private static boolean hasLength(int length) {
    return length > 0 && length <= LONGEST_VARCHAR;
  }
}
