package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.ColumnType;
import io.qupersync.domain.table.Identifier;
import java.util.Optional;

/// A column of a target table as the catalog has it.
///
/// @param column its name, its type (of a domain: the type beneath), and whether it may be NULL
/// @param fillsItself whether a row may leave it out, although it must not be NULL
/// @param collation how texts in it compare
/// @param ownCollation the collation that somebody gave it, in SQL; empty where it has its type's
/// @param operators the schema of the operators that its default index compares with, where that is
///   not `pg_catalog`: an extension's types bring their own
record TargetColumn(
    Column column,
    boolean fillsItself,
    Collation collation,
    Optional<String> ownCollation,
    Optional<Identifier> operators) {

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
        new Column(column.name(), type, column.nullable()),
        fillsItself,
        collation,
        ownCollation,
        operators);
  }

  /// An operator between two values of this column, in SQL. The session's search_path does not lead
  /// to an extension's schema, and another operator of the same name would compare otherwise.
  String operator(String name) {
    return operators.map(schema -> "operator(%s.%s)".formatted(schema.quoted(), name)).orElse(name);
  }

  ColumnType type() {
    return column.type();
  }
}
