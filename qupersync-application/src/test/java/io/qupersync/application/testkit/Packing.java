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
    rows.forEach(packer::addRow);
    return packer.pack();
  }
}
