package io.qupersync.application.testkit;

import io.qupersync.application.port.RowSource;
import io.qupersync.application.port.Rows;
import io.qupersync.domain.job.Flavor;
import io.qupersync.domain.job.JobSource;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.job.WatermarkRule;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.table.TableRef;
import io.qupersync.domain.table.TableShape;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

final class InMemoryRowSource implements RowSource {

  private final InMemoryWarehouse warehouse;
  private final InstantSource clock;

  InMemoryRowSource(InMemoryWarehouse warehouse, InstantSource clock) {
    this.warehouse = warehouse;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public Flavor flavor() {
    return Flavor.PROVISIONED;
  }

  @Override
  public Instant now() {
    return clock.instant();
  }

  @Override
  public TableShape shapeOf(SyncJob job) {
    return warehouse.shape(table(job));
  }

  @Override
  public String describe(SyncJob job, TableShape shape, Window window) {
    return "select * from %s -- %s".formatted(table(job).quoted(), window);
  }

  /// Answers with the rows as they are at this moment, as one statement of a database does.
  @Override
  public Rows open(SyncJob job, TableShape shape, Window window) {
    List<Row> rows = warehouse.rows(table(job));
    Optional<WatermarkRule> rule = job.extraction().watermark();
    return new InMemoryRows(
        rule.map(marked -> new Slice(marked, shape, window).of(rows)).orElse(rows),
        job.limits().batchSize());
  }

  @Override
  public Rows openPacked(SyncJob job, TableShape shape, Window window) {
    return new InMemoryPackedRows(open(job, shape, window), shape);
  }

  static TableRef table(SyncJob job) {
    return switch (job.extraction().source()) {
      case JobSource.Table(TableRef table) -> table;
      case JobSource.Query _, JobSource.Nodes _ ->
          throw new UnsupportedOperationException("a warehouse in memory speaks no SQL");
    };
  }
}
