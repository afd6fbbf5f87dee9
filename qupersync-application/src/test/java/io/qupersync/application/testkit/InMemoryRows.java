package io.qupersync.application.testkit;

import io.qupersync.application.port.Rows;
import io.qupersync.application.port.TransientFailure;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.row.RowBatch;
import io.qupersync.domain.run.FailureKind;
import java.util.List;
import java.util.Optional;

final class InMemoryRows implements Rows {

  private static final long BYTES_PER_ROW = 100;

  private final List<Row> rows;
  private final int batchSize;
  private int read;
  private boolean closed;

  InMemoryRows(List<Row> rows, int batchSize) {
    this.rows = rows;
    this.batchSize = batchSize;
  }

  @Override
  public Optional<RowBatch> next() {
    if (closed) {
      throw new IllegalStateException("these rows were closed");
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new TransientFailure(FailureKind.SOURCE, "reading was interrupted");
    }
    if (read == rows.size()) {
      return Optional.empty();
    }
    List<Row> batch = rows.subList(read, Math.min(rows.size(), read + batchSize));
    read += batch.size();
    return Optional.of(RowBatch.of(batch, batch.size() * BYTES_PER_ROW));
  }

  @Override
  public void close() {
    closed = true;
  }
}
