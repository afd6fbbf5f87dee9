package io.qupersync.application.sync;

import io.qupersync.application.port.SourceLookup;
import io.qupersync.domain.mapping.ColumnMapping;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.table.CellText;
import io.qupersync.domain.table.Column;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the source has by now in place of a row that was once read from it.
final class SourceRowStatus {

  /// How such a row stands.
  enum Status {
    /// The source still has it as it is.
    CURRENT,
    /// The source has another row in its place.
    REPLACED,
    /// The source has no row with its key any more.
    GONE,
    /// The source has several rows with its key.
    AMBIGUOUS
  }

  private final SourceLookup lookup;
  private final TableMapping mapping;

  SourceRowStatus(SourceLookup lookup, TableMapping mapping) {
    this.lookup = lookup;
    this.mapping = mapping;
  }

  Status of(Row read) {
    List<Row> found = lookup.find(mapping.job(), mapping.source(), key(read));
    return switch (found.size()) {
      case 0 -> Status.GONE;
      case 1 -> isSame(read, found.getFirst()) ? Status.CURRENT : Status.REPLACED;
      default -> Status.AMBIGUOUS;
    };
  }

  private Map<String, Object> key(Row read) {
    List<String> names = mapping.job().destination().key();
    var cells = new LinkedHashMap<String, Object>();
    for (ColumnMapping column : mapping.columns()) {
      if (names.contains(column.target().name()) && column.source().isPresent()) {
        String name = column.source().map(Column::name).orElseThrow();
        int index = mapping.source().indexOf(name).orElseThrow();
        cells.put(name, Objects.requireNonNull(read.cell(index)));
      }
    }
    return cells;
  }

  private static boolean isSame(Row one, Row other) {
    for (int i = 0; i < one.size(); i++) {
      if (!text(one.cell(i)).equals(text(other.cell(i)))) {
        return false;
      }
    }
    return true;
  }

  // rows have no equality: one that was rejected holds what its text said, and its text it is that
  // is compared
  private static Optional<String> text(@Nullable Object cell) {
    return Optional.ofNullable(cell).map(CellText::of);
  }
}
