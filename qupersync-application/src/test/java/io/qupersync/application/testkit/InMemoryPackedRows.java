package io.qupersync.application.testkit;

import io.qupersync.application.port.Rows;
import io.qupersync.domain.row.RowBatch;
import io.qupersync.domain.table.TableShape;
import java.util.Optional;

/// Rows that come packed.
record InMemoryPackedRows(Rows rows, TableShape shape) implements Rows {

  @Override
  public Optional<RowBatch> next() {
    return rows.next().map(batch -> Packing.of(shape, batch.rows()));
  }

  @Override
  public void close() {
    rows.close();
  }
}
