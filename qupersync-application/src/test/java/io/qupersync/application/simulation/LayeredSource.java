package io.qupersync.application.simulation;

import io.qupersync.application.port.RowSource;
import io.qupersync.application.port.Rows;
import io.qupersync.application.port.SourceMoment;
import io.qupersync.domain.job.Flavor;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.progress.ColumnBounds;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.row.RowBatch;
import io.qupersync.domain.table.TableShape;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A source with a layer around its batches, and one around what it says of its transactions.
record LayeredSource(RowSource source, Layer layer, UnaryOperator<SourceMoment> moments)
    implements RowSource {

  LayeredSource(RowSource source, Layer layer) {
    this(source, layer, UnaryOperator.identity());
  }

  @FunctionalInterface
  interface Layer {
    Optional<RowBatch> next(Rows rows, SyncJob job, Window window);
  }

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public String place() {
    return source.place();
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
    return moments.apply(source.moment(job));
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
    Rows rows = source.open(job, shape, window);
    return new Rows() {
      @Override
      public Optional<RowBatch> next() {
        return layer.next(rows, job, window);
      }

      @Override
      public void close() {
        rows.close();
      }
    };
  }

  @Override
  public Rows openPacked(SyncJob job, TableShape shape, Window window) {
    Rows rows = source.openPacked(job, shape, window);
    return new Rows() {
      @Override
      public Optional<RowBatch> next() {
        return layer.next(rows, job, window);
      }

      @Override
      public void close() {
        rows.close();
      }
    };
  }
}
