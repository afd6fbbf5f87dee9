package io.qupersync.domain.mapping;

import io.qupersync.domain.table.Column;

/// Where a target column's cells come from.
public sealed interface CellOrigin {

  /// @param index position in the source's rows
  record SourceColumn(int index, Column column) implements CellOrigin {}

  /// The same cell in every row.
  record Constant(Object cell) implements CellOrigin {}
}
