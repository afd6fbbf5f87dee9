package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.ColumnType;

/// A column of a target table as the catalog has it.
///
/// @param column its name, its type (of a domain: the type beneath), and whether it may be NULL
/// @param fillsItself whether a row may leave it out, although it must not be NULL
/// @param collation how texts in it compare
record TargetColumn(Column column, boolean fillsItself, Collation collation) {

  enum Collation {
    /// Not a text, or equal only when the bytes are equal.
    EXACT,
    /// May take different texts for equal, as collations that ignore case or accents do.
    LENIENT
  }

  String name() {
    return column.name();
  }

  TargetColumn ofType(ColumnType type) {
    return new TargetColumn(
        new Column(column.name(), type, column.nullable()), fillsItself, collation);
  }

  ColumnType type() {
    return column.type();
  }
}
