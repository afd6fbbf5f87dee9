package io.qupersync.sandbox.data;

import java.util.List;
import java.util.Optional;

/// A column of a generated table.
///
/// @param type as PostgreSQL and Redshift both write it
/// @param notNull whether it is declared so
/// @param sortPosition its place in the sort key, 0 for none, negative for every other one of an
///   interleaved key
record TableColumn(String name, String type, boolean notNull, boolean distKey, int sortPosition) {
  private static final List<String> TYPES =
      List.of(
          "integer",
          "bigint",
          "smallint",
          "varchar(32)",
          "varchar(256)",
          "varchar(65535)",
          "char(2)",
          "numeric(18,4)",
          "numeric(38,10)",
          "double precision",
          "real",
          "boolean",
          "date",
          "timestamp",
          "timestamptz",
          "super");

  static TableColumn key(String subject) {
    return new TableColumn(subject + "_id", "bigint", true, false, 0);
  }

  static TableColumn thrown(RandomValues randomValues, String name) {
    return new TableColumn(name, randomValues.oneOf(TYPES), randomValues.chance(0.3), false, 0);
  }

  TableColumn asDistKey() {
    return new TableColumn(name, type, notNull, true, sortPosition);
  }

  TableColumn sortedAt(int position) {
    return new TableColumn(name, type, notNull, distKey, position);
  }

  String declaration() {
    return "\"%s\" %s%s".formatted(name, type, notNull ? " not null" : "");
  }

  /// What Redshift chooses when nobody does; the numbers are those of the stand-in's
  /// format_encoding.
  int encoding() {
    if (sortPosition != 0) {
      return 0;
    }
    return switch (type) {
      case "boolean", "real", "double precision" -> 128;
      case "super" -> 6;
      default -> type.contains("char") ? 3 : 7;
    };
  }

  String encodingName() {
    return switch (encoding()) {
      case 3 -> "lzo";
      case 6 -> "zstd";
      case 7 -> "az64";
      default -> "none";
    };
  }

  Optional<Integer> varcharLength() {
    return type.startsWith("varchar(")
        ? Optional.of(Integer.valueOf(type.substring(8, type.length() - 1)))
        : Optional.empty();
  }
}
