package io.qupersync.infrastructure.aws;

import io.qupersync.application.port.RowSource;
import io.qupersync.application.port.Rows;
import io.qupersync.application.port.SourceMoment;
import io.qupersync.domain.job.Flavor;
import io.qupersync.domain.job.JobSource;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.progress.ColumnBounds;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.row.RowBatch;
import io.qupersync.domain.table.TableShape;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A source by SQL of which AWS tells the nodes. A job that reads them has all of them in every
/// window: they bear no mark that tells when they changed.
public final class NodesSource implements RowSource {

  /// Of a row, on the heap: a few short texts.
  private static final long ROW_BYTES = 1000;

  private final RowSource sql;
  private final ClusterNodes nodes;

  public NodesSource(RowSource sql, ClusterNodes nodes) {
    this.sql = sql;
    this.nodes = nodes;
  }

  static boolean reads(SyncJob job) {
    return job.extraction().source() instanceof JobSource.Nodes;
  }

  @Override
  public String name() {
    return sql.name();
  }

  @Override
  public String place() {
    return sql.place();
  }

  @Override
  public Flavor flavor() {
    return sql.flavor();
  }

  @Override
  public Instant now() {
    return sql.now();
  }

  @Override
  public SourceMoment moment(SyncJob job) {
    return sql.moment(job);
  }

  @Override
  public TableShape shapeOf(SyncJob job) {
    return reads(job) ? ClusterNodes.SHAPE : sql.shapeOf(job);
  }

  @Override
  public String describe(SyncJob job, TableShape shape, Window window) {
    return reads(job) ? "-- no SQL: " + nodes.question() : sql.describe(job, shape, window);
  }

  @Override
  public Optional<ColumnBounds> extentOf(
      SyncJob job, TableShape shape, String column, Window window) {
    return reads(job) ? Optional.empty() : sql.extentOf(job, shape, column, window);
  }

  @Override
  public List<String> remarks(SyncJob job) {
    return reads(job) ? List.of() : sql.remarks(job);
  }

  @Override
  public Rows open(SyncJob job, TableShape shape, Window window) {
    return reads(job)
        ? new Described(nodes.read(), job.limits().batchSize())
        : sql.open(job, shape, window);
  }

  @Override
  public Rows openPacked(SyncJob job, TableShape shape, Window window) {
    return reads(job) ? open(job, shape, window) : sql.openPacked(job, shape, window);
  }

  /// What AWS answered: whole, or there is no answer.
  private static final class Described implements Rows {

    private final int batchSize;
    private List<Row> left;

    Described(List<Row> rows, int batchSize) {
      this.left = rows;
      this.batchSize = batchSize;
    }

    @Override
    public Optional<RowBatch> next() {
      if (left.isEmpty()) {
        return Optional.empty();
      }
      int size = Math.min(batchSize, left.size());
      List<Row> batch = left.subList(0, size);
      left = left.subList(size, left.size());
      return Optional.of(RowBatch.of(batch, ROW_BYTES * size));
    }

    @Override
    public void close() {
      left = List.of();
    }
  }
}
