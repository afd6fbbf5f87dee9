package io.qupersync.application.testkit;

import io.qupersync.application.port.RowSource;
import io.qupersync.application.port.Rows;
import io.qupersync.application.port.SourceMoment;
import io.qupersync.domain.job.Flavor;
import io.qupersync.domain.job.JobSource;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.job.WatermarkRule;
import io.qupersync.domain.progress.ColumnBounds;
import io.qupersync.domain.progress.RowKeys;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.table.TableRef;
import io.qupersync.domain.table.TableShape;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

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
  public String place() {
    return warehouse.place();
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
  public SourceMoment moment(SyncJob job) {
    return new SourceMoment(now(), warehouse.open());
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
    List<Row> rows = having(window, shape, within(window, shape, warehouse.rows(table(job))));
    Optional<WatermarkRule> rule = job.extraction().watermark();
    return new InMemoryRows(
        rule.map(marked -> new WindowFilter(marked, shape, window).of(rows)).orElse(rows),
        job.limits().batchSize());
  }

  private static List<Row> having(Window window, TableShape shape, List<Row> rows) {
    return window
        .keys()
        .map(keys ->
            rows.stream()
                .filter(row -> keys.keys().stream().anyMatch(key -> is(row, key, keys, shape)))
                .toList())
        .orElse(rows);
  }

  private static boolean is(Row row, List<Object> key, RowKeys keys, TableShape shape) {
    for (int i = 0; i < key.size(); i++) {
      int column = shape.indexOf(keys.columns().get(i)).orElseThrow();
      if (!Objects.equals(row.cell(column), key.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static List<Row> within(Window window, TableShape shape, List<Row> rows) {
    return window
        .range()
        .map(range -> {
          int column = shape.indexOf(range.column()).orElseThrow();
          return rows.stream().filter(row -> range.holds(row.cell(column))).toList();
        })
        .orElse(rows);
  }

  @Override
  public Optional<ColumnBounds> extentOf(
      SyncJob job, TableShape shape, String column, Window window) {
    List<Row> rows = warehouse.rows(table(job));
    Optional<WatermarkValue> ceiling = window.ceiling().map(Watermark::first);
    Optional<String> bounded =
        job.extraction()
            .watermark()
            .map(rule -> rule.columns().getFirst())
            .filter(leading ->
                ceiling.isPresent()
                    || kind(shape, leading).equals(Optional.of(WatermarkValue.Kind.NUMBER)));
    return Optional.of(
        new ColumnBounds(
            marks(rows, shape, column).min(WatermarkValue::compareWith),
            marks(rows, shape, column).max(WatermarkValue::compareWith),
            bounded.flatMap(leading ->
                marks(rows, shape, leading)
                    .filter(watermarkValue ->
                        ceiling.map(end -> watermarkValue.compareWith(end) <= 0).orElse(true))
                    .max(WatermarkValue::compareWith))));
  }

  private static Optional<WatermarkValue.Kind> kind(TableShape shape, String column) {
    return WatermarkValue.Kind.of(shape.columns().get(shape.indexOf(column).orElseThrow()).type());
  }

  private static Stream<WatermarkValue> marks(List<Row> rows, TableShape shape, String column) {
    int index = shape.indexOf(column).orElseThrow();
    return rows.stream()
        .flatMap(row -> Optional.ofNullable(row.cell(index)).flatMap(WatermarkValue::of).stream());
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
