package io.qupersync.application.sync;

import io.qupersync.domain.mapping.CellOrigin;
import io.qupersync.domain.mapping.ColumnMapping;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.mapping.WatermarkReader;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.row.PackedRows;
import io.qupersync.domain.row.PassThroughBatch;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.row.RowBatch;
import io.qupersync.domain.row.ShapedBatch;
import io.qupersync.domain.row.TargetBatch;
import io.qupersync.domain.table.ColumnType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// The row with the highest watermark among those that a run has written, as far as it knows. Each
/// batch is asked once for its highest watermark; its rows are looked at only when that is higher
/// than all before.
final class TopRow {

  private Optional<Watermark> mark = Optional.empty();
  private Optional<Row> key = Optional.empty();

  /// Its key, as the target has it; empty when there is no such row.
  Optional<Row> key() {
    return key;
  }

  void reset() {
    mark = Optional.empty();
    key = Optional.empty();
  }

  void see(TableMapping mapping, TargetBatch batch) {
    Optional<WatermarkReader> reader = mapping.watermark();
    if (reader.isEmpty() || !isKnown(mapping)) {
      return;
    }
    Optional<Watermark> highest = highest(reader.get(), batch);
    if (highest.isEmpty() || (mark.isPresent() && !highest.get().isAfter(mark.get()))) {
      return;
    }
    keyOf(mapping, reader.get(), batch, highest.get())
        .ifPresent(found -> {
          mark = highest;
          key = Optional.of(found);
        });
  }

  /// Whether the key's types are such that a row can be looked for by its key: of a type that only
  /// the target understands, nobody knows what its `=` says, or whether it has one.
  private static boolean isKnown(TableMapping mapping) {
    List<String> key = mapping.job().destination().key();
    return mapping.targetColumns().stream()
        .filter(column -> key.contains(column.name()))
        .noneMatch(column -> column.type() instanceof ColumnType.Other);
  }

  /// Among rows that are written: the batch itself counts those that were rejected, too.
  private static Optional<Watermark> highest(WatermarkReader reader, TargetBatch batch) {
    return batch instanceof ShapedBatch shaped && shaped.rows().size() < shaped.read()
        ? reader.highest(List.of(RowBatch.of(shaped.origins(), 0)))
        : batch.highest();
  }

  private static Optional<Row> keyOf(
      TableMapping mapping, WatermarkReader reader, TargetBatch batch, Watermark highest) {
    return switch (batch) {
      case ShapedBatch shaped -> {
        OptionalInt row = reader.lastWith(highest, RowBatch.of(shaped.origins(), 0));
        yield row.isPresent()
            ? Optional.of(mapping.keyOf(shaped.rows().get(row.getAsInt())))
            : Optional.empty();
      }
      case PassThroughBatch passing -> among(passing.rows(), mapping, reader, highest);
    };
  }

  private static Optional<Row> among(
      List<PackedRows> batches, TableMapping mapping, WatermarkReader reader, Watermark highest) {
    for (PackedRows rows : batches.reversed()) {
      OptionalInt row = reader.lastWith(highest, rows);
      if (row.isPresent()) {
        return Optional.of(key(rows, row.getAsInt(), mapping));
      }
    }
    return Optional.empty();
  }

  /// Of rows that pass, a cell is written as it was read.
  private static Row key(PackedRows rows, int row, TableMapping mapping) {
    List<String> key = mapping.job().destination().key();
    @Nullable Object[] cells = new Object[key.size()];
    for (ColumnMapping column : mapping.columns()) {
      int place = key.indexOf(column.target().name());
      if (place >= 0) {
        cells[place] =
            switch (column.origin()) {
              case CellOrigin.SourceColumn(int index, _) -> rows.cell(row, index);
              case CellOrigin.Constant(Object constant) -> constant;
            };
      }
    }
    return new Row(cells);
  }
}
