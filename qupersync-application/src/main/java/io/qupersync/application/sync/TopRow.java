package io.qupersync.application.sync;

import io.qupersync.domain.mapping.CellOrigin;
import io.qupersync.domain.mapping.ColumnMapping;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.mapping.WatermarkReader;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.row.PackedRows;
import io.qupersync.domain.row.PassingBatch;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.row.RowBatch;
import io.qupersync.domain.row.ShapedBatch;
import io.qupersync.domain.row.TargetBatch;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// The row of a batch that has the highest watermark. It is looked for once a batch, and only in
/// batches that bring a higher one.
final class TopRow {

  private TopRow() {}

  /// The key of the row, as the target has it; empty when that row was rejected.
  static Optional<Row> keyOf(TableMapping mapping, TargetBatch batch, Watermark highest) {
    WatermarkReader reader = mapping.watermark().orElseThrow();
    return switch (batch) {
      case ShapedBatch shaped -> {
        OptionalInt row = reader.lastWith(highest, RowBatch.of(shaped.origins(), 0));
        yield row.isPresent()
            ? Optional.of(mapping.keyOf(shaped.rows().get(row.getAsInt())))
            : Optional.empty();
      }
      case PassingBatch passing -> among(passing.rows(), mapping, reader, highest);
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
