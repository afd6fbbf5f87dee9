package io.qupersync.application.simulation;

import io.qupersync.application.port.RowSource;
import io.qupersync.application.port.Rows;
import io.qupersync.application.port.SourceMoment;
import io.qupersync.domain.job.Flavor;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.progress.ColumnBounds;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.table.TableShape;
import java.time.Instant;
import java.util.Optional;

/// A source that cannot be told from another.
record MistakenSource(RowSource source) implements RowSource {

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public String place() {
    return "the only one";
  }

  @Override
  public Flavor flavor() {
    return source.flavor();
  }

  @Override
  public Instant now() {
    return source.now();
  }

  @Override
  public SourceMoment moment(SyncJob job) {
    return source.moment(job);
  }

  @Override
  public TableShape shapeOf(SyncJob job) {
    return source.shapeOf(job);
  }

  @Override
  public String describe(SyncJob job, TableShape shape, Window window) {
    return source.describe(job, shape, window);
  }

  @Override
  public Optional<ColumnBounds> extentOf(
      SyncJob job, TableShape shape, String column, Window window) {
    return source.extentOf(job, shape, column, window);
  }

  @Override
  public Rows open(SyncJob job, TableShape shape, Window window) {
    return source.open(job, shape, window);
  }

  @Override
  public Rows openPacked(SyncJob job, TableShape shape, Window window) {
    return source.openPacked(job, shape, window);
  }
}
