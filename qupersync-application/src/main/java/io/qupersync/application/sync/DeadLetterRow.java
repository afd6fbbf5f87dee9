package io.qupersync.application.sync;

import io.qupersync.domain.row.DeadLetter;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.table.CellParser;
import io.qupersync.domain.table.Column;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the source's row back from a dead letter.
public final class DeadLetterRow {

  private DeadLetterRow() {}

  /// @param columns of the source
  /// @return empty when a value does not read as its column's type, which has changed since, or is
  ///   not all there
  public static Optional<Row> of(DeadLetter letter, List<Column> columns) {
    if (!letter.complete()) {
      return Optional.empty();
    }
    @Nullable Object[] cells = new Object[columns.size()];
    try {
      for (int i = 0; i < cells.length; i++) {
        Column column = columns.get(i);
        Optional<String> text = letter.values().getOrDefault(column.name(), Optional.empty());
        cells[i] = text.map(value -> CellParser.read(value, column.type())).orElse(null);
      }
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
    return Optional.of(new Row(cells));
  }
}
