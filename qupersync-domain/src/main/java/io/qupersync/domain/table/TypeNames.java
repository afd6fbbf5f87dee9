package io.qupersync.domain.table;

import io.qupersync.domain.table.ColumnType.Char;
import io.qupersync.domain.table.ColumnType.Decimal;
import io.qupersync.domain.table.ColumnType.Fraction;
import io.qupersync.domain.table.ColumnType.Other;
import io.qupersync.domain.table.ColumnType.Plain;
import io.qupersync.domain.table.ColumnType.Varchar;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads type names with their aliases and sizes.
///
/// @see <a href="https://www.postgresql.org/docs/current/datatype.html">PostgreSQL's names and
///   aliases</a>
final class TypeNames {

  // a name, which may be quoted and have a schema; optional (a[, b]); optional rest such as
  // "without time zone"; optional brackets
  private static final Pattern SHAPE =
      Pattern.compile(
          """
          ((?:[a-z_][a-z0-9_\\ ]*?|"(?:[^"]|"")+")(?:\\.(?:[a-z_][a-z0-9_]*|"(?:[^"]|"")+"))?)
          \\s*(?:\\(\\s*(-?\\d{1,8})\\s*(?:,\\s*(-?\\d{1,8})\\s*)?\\))?
          (\\ with(?:out)?\\ [a-z\\ ]+)?(\\[])*
          """,
          Pattern.COMMENTS);

  private static final Map<String, String> ALIASES =
      Map.ofEntries(
          Map.entry("bool", "boolean"),
          Map.entry("int2", "smallint"),
          Map.entry("int", "integer"),
          Map.entry("int4", "integer"),
          Map.entry("int8", "bigint"),
          Map.entry("decimal", "numeric"),
          Map.entry("float4", "real"),
          Map.entry("float8", "double precision"),
          Map.entry("float", "double precision"),
          Map.entry("double", "double precision"),
          Map.entry("string", "text"),
          Map.entry("character varying", "varchar"),
          Map.entry("character", "char"),
          Map.entry("timestamp without time zone", "timestamp"),
          Map.entry("timestamp with time zone", "timestamptz"),
          Map.entry("time without time zone", "time"),
          Map.entry("time with time zone", "timetz"));

  private TypeNames() {}

  static ColumnType parse(String text) {
    String wanted = text.indexOf('"') < 0 ? folded(text) : text.strip();
    Matcher parts = SHAPE.matcher(wanted);
    if (!parts.matches()) {
      throw new IllegalArgumentException("'%s' is not a type name".formatted(text));
    }
    if (wanted.endsWith("[]")) {
      return new Other(wanted);
    }
    String zone = Optional.ofNullable(parts.group(4)).orElse("");
    String name = canonical(parts.group(1) + zone);
    Optional<Integer> first = Optional.ofNullable(parts.group(2)).map(Integer::valueOf);
    Optional<Integer> second = Optional.ofNullable(parts.group(3)).map(Integer::valueOf);
    return first
        .map(size -> sized(name, size, second, wanted))
        .orElseGet(() -> unsized(name, wanted));
  }

  /// A name without quotes is the same in capitals.
  private static String folded(String text) {
    return text.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
  }

  private static String canonical(String name) {
    return ALIASES.getOrDefault(name, name);
  }

  private static ColumnType sized(String name, int size, Optional<Integer> scale, String text) {
    return switch (name) {
      case "numeric" -> new Decimal(size, scale.orElse(0));
      case "varchar" -> new Varchar(size);
      case "char", "bpchar" -> new Char(size);
      case "time", "timetz", "timestamp", "timestamptz", "interval" -> fraction(plain(name), size);
      default -> {
        if (ColumnType.plain(name).isPresent()) {
          throw new IllegalArgumentException(
              "type %s takes no size, was '%s'".formatted(name, text));
        }
        yield new Other(text);
      }
    };
  }

  private static ColumnType fraction(Plain base, int digits) {
    return digits == 6 ? base : new Fraction(base, digits);
  }

  private static ColumnType unsized(String name, String text) {
    return switch (name) {
      case "varchar" -> Plain.TEXT;
      case "char" -> new Char(1);
      default ->
          ColumnType.plain(name).<ColumnType>map(type -> type).orElseGet(() -> new Other(text));
    };
  }

  private static Plain plain(String name) {
    return ColumnType.plain(name).orElseThrow();
  }
}
