package io.qupersync.application.sync;

import io.qupersync.application.port.BatchStep;
import io.qupersync.application.port.TargetReader;
import io.qupersync.domain.mapping.ColumnMapping;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.mapping.WatermarkReader;
import io.qupersync.domain.progress.Mark;
import io.qupersync.domain.row.DeadLetter;
import io.qupersync.domain.row.RejectedRow;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.row.RowBatch;
import io.qupersync.domain.row.ShapedBatch;
import io.qupersync.domain.run.RunTally;
import io.qupersync.domain.table.CellParser;
import io.qupersync.domain.table.Column;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Dead letters made rows again, and what is to become of each.
///
/// @param rows the rows to write
/// @param settled the letters that are done with, once they are written
/// @param overtaken how many rows the target has in a newer form
record LetterBatch(ShapedBatch rows, List<Long> settled, RunTally overtaken) {

  static LetterBatch of(List<DeadLetter> letters, TableMapping mapping, TargetReader reader) {
    var letterOf = new IdentityHashMap<Row, Long>();
    var read = new ArrayList<Row>();
    for (DeadLetter letter : letters) {
      Optional<Row> row = row(letter, mapping.source().columns());
      row.ifPresent(read::add);
      row.ifPresent(known -> letterOf.put(known, letter.id()));
    }
    ShapedBatch shaped = mapping.shape(List.of(new RowBatch(read, 0)));
    var current = new ArrayList<Row>();
    var origins = new ArrayList<Row>();
    for (int i = 0; i < shaped.rows().size(); i++) {
      if (isNewest(shaped.rows().get(i), mapping, reader)) {
        current.add(shaped.rows().get(i));
        origins.add(shaped.origins().get(i));
      }
    }
    long overtaken = (long) shaped.rows().size() - current.size();
    var kept =
        new ShapedBatch(
            current,
            origins,
            shaped.rejected(),
            shaped.read() - overtaken,
            shaped.duplicates(),
            Optional.empty());
    shaped.rejected().stream().map(RejectedRow::source).forEach(letterOf::remove);
    return new LetterBatch(
        kept, List.copyOf(letterOf.values()), new RunTally(overtaken, 0, 0, overtaken, 0, 0, 0));
  }

  BatchStep step(long number) {
    return new BatchStep(number, Optional.empty(), settled);
  }

  /// Empty when a value does not read as its column's type, which has changed since: such a letter
  /// stays.
  private static Optional<Row> row(DeadLetter letter, List<Column> columns) {
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

  /// Whether the target has no such row, or an older one. Without a watermark nothing tells which
  /// is older, and the target's row stays.
  private static boolean isNewest(Row row, TableMapping mapping, TargetReader reader) {
    Optional<Row> present = reader.find(mapping, mapping.keyOf(row));
    if (present.isEmpty()) {
      return true;
    }
    return watermarkColumn(mapping)
        .map(index -> isLater(row.cell(index), present.get().cell(index)))
        .orElse(false);
  }

  private static boolean isLater(@Nullable Object letter, @Nullable Object target) {
    if (letter == null || target == null) {
      return letter != null;
    }
    Optional<Mark> theirs = Mark.of(target);
    return Mark.of(letter)
        .flatMap(ours ->
            theirs
                .filter(mark -> mark.kind() == ours.kind())
                .map(mark -> ours.compareWith(mark) > 0))
        .orElse(false);
  }

  /// Where the target keeps the watermark's leading column, if it does.
  private static Optional<Integer> watermarkColumn(TableMapping mapping) {
    Optional<Integer> source =
        mapping.watermark().map(WatermarkReader::indexes).map(List::getFirst);
    if (source.isEmpty()) {
      return Optional.empty();
    }
    List<ColumnMapping> columns = mapping.columns();
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).isFrom(source.get())) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }
}
