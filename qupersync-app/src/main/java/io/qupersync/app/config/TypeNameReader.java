package io.qupersync.app.config;

import io.qupersync.domain.table.ColumnType;
import io.qupersync.interfaces.text.Suggestion;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Reads the name of a type, and knows a mistyped one by how little it differs from a known name.
/// Names that resemble none may be types that somebody made in the target, which only the target
/// can tell.
final class TypeNameReader {

  /// PostgreSQL's own, with their aliases, and those of its best known extensions.
  private static final Set<String> KNOWN =
      new TreeSet<>(
          Set.of(
              "bigint",
              "bigserial",
              "bit",
              "bit varying",
              "bool",
              "boolean",
              "box",
              "bpchar",
              "bytea",
              "char",
              "character",
              "character varying",
              "cidr",
              "circle",
              "citext",
              "cube",
              "date",
              "datemultirange",
              "daterange",
              "decimal",
              "double",
              "double precision",
              "float",
              "float4",
              "float8",
              "geography",
              "geometry",
              "hstore",
              "inet",
              "int",
              "int2",
              "int4",
              "int4multirange",
              "int4range",
              "int8",
              "int8multirange",
              "int8range",
              "integer",
              "interval",
              "isbn",
              "json",
              "jsonb",
              "jsonpath",
              "line",
              "lseg",
              "ltree",
              "macaddr",
              "macaddr8",
              "money",
              "name",
              "numeric",
              "nummultirange",
              "numrange",
              "oid",
              "path",
              "pg_lsn",
              "point",
              "polygon",
              "real",
              "regclass",
              "regtype",
              "smallint",
              "string",
              "text",
              "time",
              "time with time zone",
              "time without time zone",
              "timestamp",
              "timestamp with time zone",
              "timestamp without time zone",
              "timestamptz",
              "timetz",
              "tsmultirange",
              "tsquery",
              "tsrange",
              "tstzmultirange",
              "tstzrange",
              "tsvector",
              "uuid",
              "varbit",
              "varchar",
              "vector",
              "xid",
              "xid8",
              "xml"));

  private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_ ]*");
  private static final Pattern SIZE_OR_BRACKETS = Pattern.compile("\\([^)]*\\)|\\[]");

  private TypeNameReader() {}

  /// @throws IllegalArgumentException when it is no type's name, or a known one's mistyped
  static ColumnType type(String text) {
    ColumnType type = ColumnType.parse(text);
    if (type instanceof ColumnType.Other) {
      refuseMistyped(text.strip());
    }
    return type;
  }

  private static void refuseMistyped(String text) {
    String name =
        SIZE_OR_BRACKETS
            .matcher(text.toLowerCase(Locale.ROOT))
            .replaceAll(" ")
            .strip()
            .replaceAll("\\s+", " ");
    if (PLAIN.matcher(name).matches() && !KNOWN.contains(name)) {
      Suggestion.of(name, KNOWN)
          .ifPresent(meant -> {
            throw new IllegalArgumentException(
                "there is no type '%1$s'; did you mean '%2$s'? a type of the target's own is named with its schema, such as public.%1$s"
                    .formatted(name, meant));
          });
    }
  }
}
