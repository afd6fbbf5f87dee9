package io.qupersync.infrastructure.redshift;

import io.qupersync.domain.row.Row;
import io.qupersync.domain.row.RowBatch;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gathers rows cell by cell, for jobs that look at cells.
final class ObjectReader implements BatchReader {

  private final RowReader reader;
  private final Limits limits;
  private List<Row> rows = new ArrayList<>();
  private long bytes;
  private @Nullable Row held;

  ObjectReader(RowReader reader, Limits limits) {
    this.reader = reader;
    this.limits = limits;
  }

  @Override
  public boolean accept(ResultSet result) {
    Row row = held == null ? reader.read(result) : held;
    if (!rows.isEmpty() && bytes + reader.bytes() > limits.bytes()) {
      held = row;
      return false;
    }
    held = null;
    rows.add(row);
    bytes += reader.bytes();
    return true;
  }

  @Override
  public long rowBytes() {
    return reader.bytes();
  }

  @Override
  public boolean isFull() {
    return rows.size() >= limits.rows() || bytes >= limits.bytes();
  }

  @Override
  public RowBatch take() {
    RowBatch batch = RowBatch.of(rows, bytes);
    rows = new ArrayList<>();
    bytes = 0;
    return batch;
  }
}
