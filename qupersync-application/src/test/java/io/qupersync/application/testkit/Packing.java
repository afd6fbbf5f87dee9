package io.qupersync.application.testkit;

import io.qupersync.domain.row.PackedRows;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.row.RowPacker;
import io.qupersync.domain.table.TableShape;
import java.util.List;
import java.util.stream.IntStream;

/// Packs rows as a source would.
final class Packing {

  private Packing() {}

  static PackedRows of(TableShape shape, List<Row> rows) {
    List<Integer> columns = IntStream.range(0, shape.columns().size()).boxed().toList();
    var packer = new RowPacker(shape, columns);
    for (Row row : rows) {
      for (int column : columns) {
        Object cell = row.cell(column);
        if (cell == null) {
          packer.addNull();
        } else {
          packer.addCell(cell);
        }
      }
    }
    return packer.pack();
  }
}
