package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.ColumnType;
import io.qupersync.domain.table.ColumnType.Plain;
import io.qupersync.domain.table.Identifier;
import io.qupersync.infrastructure.postgres.TargetColumn.Collation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Rows that come as parameters, an array for each column, in place of a staging table.
///
/// @param rows them, in SQL
record ArraysSql(String rows) {

  /// @return empty where a column is of a type that an array would not take as a column does
  static Optional<ArraysSql> of(TableMapping mapping, TargetTable there) {
    var types = new ArrayList<String>();
    for (Column column : there.typed(mapping)) {
      Optional<String> type = element(column.type());
      if (type.isEmpty()) {
        return Optional.empty();
      }
      types.add("?::%s[]".formatted(type.get()));
    }
    if (mapping.job().destination().key().stream().anyMatch(name -> isLenient(there, name))) {
      // rows would be sorted otherwise than on the other ways, and wait for those in a circle
      return Optional.empty();
    }
    return Optional.of(
        new ArraysSql(
            "(select * from unnest(%s) as v (%s))"
                .formatted(String.join(", ", types), names(mapping.targetColumns()))));
  }

  private static String names(List<Column> columns) {
    return columns.stream()
        .map(column -> Identifier.quoted(column.name()))
        .collect(Collectors.joining(", "));
  }

  private static boolean isLenient(TargetTable there, String name) {
    return there.column(name).map(TargetColumn::collation).equals(Optional.of(Collation.LENIENT));
  }

  /// Without a size: a cast would cut silently what does not fit, where an insert refuses it.
  private static Optional<String> element(ColumnType type) {
    return switch (type) {
      case Plain plain -> Optional.of(plain.sql());
      case ColumnType.Decimal _ -> Optional.of(Plain.NUMERIC.sql());
      case ColumnType.Fraction(Plain base, _) -> Optional.of(base.sql());
      case ColumnType.Varchar _ -> Optional.of(Plain.TEXT.sql());
      case ColumnType.Char _ -> Optional.of("bpchar");
      // with a size, or an array itself
      case ColumnType.Other(String name) ->
          Optional.of(name).filter(plain -> !plain.contains("(") && !plain.endsWith("]"));
    };
  }
}
