package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.TableRef;
import io.qupersync.domain.table.TableShape;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A target table as the catalog has it.
///
/// @param oid stays the table's own when it is renamed, altered or emptied
/// @param uniqueKeys the columns of each unique index that `on conflict` can use, in its order
/// @param isEmpty whether it holds nothing, not even a row that was deleted
/// @param maySwallow whether a trigger sees each row before it is written, and may let it go
record TargetTable(
    TableRef table,
    long oid,
    Kind kind,
    List<TargetColumn> columns,
    List<List<String>> uniqueKeys,
    boolean isEmpty,
    boolean maySwallow,
    TableTraits traits) {

  enum Kind {
    ORDINARY,
    /// System columns are out of reach in `returning`.
    PARTITIONED,
    /// A view, or a table that is elsewhere.
    OTHER,
    SEQUENCE,
    TYPE,
    INDEX
  }

  TargetTable {
    columns = List.copyOf(columns);
    uniqueKeys = List.copyOf(uniqueKeys);
  }

  Optional<TargetColumn> column(String name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst();
  }

  /// The columns in the order of the unique index on them; empty when there is none.
  Optional<List<String>> uniqueKey(List<String> key) {
    Set<String> wanted = Set.copyOf(key);
    return uniqueKeys.stream().filter(columns -> Set.copyOf(columns).equals(wanted)).findFirst();
  }

  /// An operator between two values of a column, in SQL; the usual one for a column that is not
  /// there.
  String operator(String column, String name) {
    return column(column).map(found -> found.operator(name)).orElse(name);
  }

  /// Whether a statement can tell of each row that it wrote whether it is new.
  boolean tellsByRow() {
    return kind == Kind.ORDINARY;
  }

  /// The columns of a mapping with the types they have here.
  List<Column> typed(TableMapping mapping) {
    return mapping.targetColumns().stream()
        .map(column -> column(column.name()).map(TargetColumn::column).orElse(column))
        .toList();
  }

  TableShape shape() {
    return new TableShape(columns.stream().map(TargetColumn::column).toList());
  }
}
