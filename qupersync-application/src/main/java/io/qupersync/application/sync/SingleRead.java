package io.qupersync.application.sync;

import io.qupersync.application.port.RowSource;
import io.qupersync.application.port.Rows;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.row.RowBatch;
import java.util.List;
import java.util.Optional;

/// Reads a window by one session, on the run's own thread. What came in the order of the watermark
/// and was committed need not come again.
final class SingleRead implements WindowRead {

  private final RowSource source;
  private final RunProgress progress;
  private final TableMapping mapping;
  private final Window window;
  private Window rest;
  private Optional<Watermark> before = Optional.empty();

  SingleRead(RowSource source, RunProgress progress, TableMapping mapping, Window window) {
    this.source = source;
    this.progress = progress;
    this.mapping = mapping;
    this.window = window;
    this.rest = window;
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
    before = progress.highest();
    return ReadPlanner.open(source, mapping, rest);
  }

  @Override
  public void committed(List<RowBatch> batches) {}

  @Override
  public void invalidate() {}

  @Override
  public boolean madeProgress() {
    rest = progress.rest(mapping, window);
    return !rest.equals(window) && !progress.highest().equals(before);
  }
}
