package io.qupersync.domain.table;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The columns of a table or of a query's result, in order; names are unique.
public record TableShape(List<Column> columns) {

  public TableShape {
    columns = List.copyOf(columns);
    var seen = new HashSet<String>();
    for (Column column : columns) {
      if (!seen.add(column.name())) {
        throw new IllegalArgumentException(
            "the column name '%s' occurs twice; give each column of the query its own name"
                .formatted(column.name()));
      }
    }
  }

  public OptionalInt indexOf(String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  public Optional<ColumnType> typeOf(String name) {
    OptionalInt index = indexOf(name);
    return index.isPresent() ? Optional.of(columns.get(index.getAsInt()).type()) : Optional.empty();
  }

  public List<String> names() {
    return columns.stream().map(Column::name).toList();
  }
}
