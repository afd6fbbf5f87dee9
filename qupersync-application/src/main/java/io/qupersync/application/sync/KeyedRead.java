package io.qupersync.application.sync;

import io.qupersync.application.port.RowSource;
import io.qupersync.application.port.Rows;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.row.RowBatch;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads rows by their keys, and takes note of those that were there.
final class KeyedRead implements WindowRead {

  private final RowSource source;
  private final TableMapping mapping;
  private final Window window;
  private final OpenKeys keys;
  private final Set<String> found = new HashSet<>();

  /// @param mapping of rows in no order
  KeyedRead(RowSource source, TableMapping mapping, Window window, OpenKeys keys) {
    this.source = source;
    this.mapping = mapping;
    this.window = window;
    this.keys = keys;
  }

  /// The names of the rows that the source has returned.
  Set<String> found() {
    return Set.copyOf(found);
  }

  @Override
  public TableMapping mapping() {
    return mapping;
  }

  @Override
  public Window window() {
    return window;
  }

  @Override
  public Rows open() {
    Rows rows = source.open(mapping.job(), mapping.source(), window);
    return new Rows() {
      @Override
      public Optional<RowBatch> next() {
        Optional<RowBatch> batch = rows.next();
        batch.ifPresent(read -> read.rows().forEach(row -> found.add(keys.nameOf(row))));
        return batch;
      }

      @Override
      public void close() {
        rows.close();
      }
    };
  }

  @Override
  public void committed(List<RowBatch> batches) {}

  @Override
  public void invalidate() {}

  @Override
  public boolean madeProgress() {
    return false;
  }
}
