package io.qupersync.domain.row;

import org.jspecify.annotations.Nullable;

/// The cells of one row, in the order of its table's columns; their Java types are those of
/// [io.qupersync.domain.table.ColumnType]. Owns the array it is given: nobody changes it
/// afterwards.
public final class Row {

  private final @Nullable Object[] cells;

  public Row(@Nullable Object... cells) {
    this.cells = cells;
  }

  public @Nullable Object cell(int index) {
    return cells[index];
  }

  public int size() {
    return cells.length;
  }

  /// Tells nothing of the values: rows end up in logs.
  @Override
  public String toString() {
    return "Row of " + cells.length + " cells";
  }
}
