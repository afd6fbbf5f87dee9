package io.qupersync.application.testkit;

import io.qupersync.application.port.RowSource;
import io.qupersync.application.port.Rows;
import io.qupersync.application.port.SourceMoment;
import io.qupersync.application.testkit.FaultPlan.Call;
import io.qupersync.domain.job.Flavor;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.progress.ColumnBounds;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.row.RowBatch;
import io.qupersync.domain.table.TableShape;
import java.time.Instant;
import java.util.Optional;

record FaultySource(RowSource source, FaultyPorts fate) implements RowSource {

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
    return fate.ask(Call.SOURCE_NOW, source::now);
  }

  @Override
  public SourceMoment moment(SyncJob job) {
    return fate.ask(Call.SOURCE_NOW, () -> source.moment(job));
  }

  @Override
  public TableShape shapeOf(SyncJob job) {
    return fate.ask(Call.SOURCE_SHAPE, () -> source.shapeOf(job));
  }

  @Override
  public String describe(SyncJob job, TableShape shape, Window window) {
    return source.describe(job, shape, window);
  }

  @Override
  public Optional<ColumnBounds> extentOf(
      SyncJob job, TableShape shape, String column, Window window) {
    return fate.ask(Call.SOURCE_EXTENT, () -> source.extentOf(job, shape, column, window));
  }

  @Override
  public Rows open(SyncJob job, TableShape shape, Window window) {
    Rows rows = fate.ask(Call.OPEN, () -> source.open(job, shape, window));
    return new Rows() {
      @Override
      public Optional<RowBatch> next() {
        return fate.ask(Call.NEXT, rows::next);
      }

      @Override
      public void close() {
        rows.close();
      }
    };
  }

  @Override
  public Rows openPacked(SyncJob job, TableShape shape, Window window) {
    Rows rows = fate.ask(Call.OPEN, () -> source.openPacked(job, shape, window));
    return new Rows() {
      @Override
      public Optional<RowBatch> next() {
        return fate.ask(Call.NEXT, rows::next);
      }

      @Override
      public void close() {
        rows.close();
      }
    };
  }
}
