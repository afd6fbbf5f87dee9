package io.qupersync.domain.mapping;

import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.row.PackedRows;
import io.qupersync.domain.row.PassThroughBatch;
import io.qupersync.domain.row.RejectedRow;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.row.RowBatch;
import io.qupersync.domain.row.ShapedBatch;
import io.qupersync.domain.row.TargetBatch;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.ConversionRefusal;
import io.qupersync.domain.table.TableShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// How a job's source rows become target rows. Resolved once per run by [MappingResolver];
/// immutable.
public final class TableMapping {

  private final SyncJob job;
  private final TableShape source;
  private final List<ColumnMapping> columns;
  private final int[] key;
  private final Optional<WatermarkReader> watermark;
  private final SplitPlan splitPlan;
  private final Optional<PassThrough> passage;

  TableMapping(
      SyncJob job,
      TableShape source,
      List<ColumnMapping> columns,
      Optional<WatermarkReader> watermark,
      SplitPlan splitPlan) {
    this.job = job;
    this.source = source;
    this.columns = List.copyOf(columns);
    this.key = job.destination().key().stream().mapToInt(name -> indexOf(name, columns)).toArray();
    this.watermark = watermark;
    this.splitPlan = splitPlan;
    this.passage = PassThrough.through(this.columns, key);
  }

  private static int indexOf(String name, List<ColumnMapping> columns) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).target().name().equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException("no column " + name);
  }

  public SyncJob job() {
    return job;
  }

  /// The columns of the rows that are read.
  public TableShape source() {
    return source;
  }

  public List<ColumnMapping> columns() {
    return columns;
  }

  /// The columns of the rows that are written, without those that only the target fills.
  public List<Column> targetColumns() {
    return columns.stream().map(ColumnMapping::target).toList();
  }

  /// What the watermark's columns hold; empty for a job without one.
  public Optional<WatermarkReader> watermark() {
    return watermark;
  }

  /// Whether several sessions can read the source at a time.
  public SplitPlan splitting() {
    return splitPlan;
  }

  /// The same, of rows that come in no order: their highest watermark is not the last.
  public TableMapping inNoOrder() {
    return new TableMapping(
        job, source, columns, watermark.map(WatermarkReader::inNoOrder), splitPlan);
  }

  /// The same, for a run whose watermark may move no further than this.
  public TableMapping upTo(Optional<Watermark> ceiling) {
    return new TableMapping(
        job, source, columns, watermark.map(reader -> reader.upTo(ceiling)), splitPlan);
  }

  /// Where the target's rows keep the leading column of the watermark; empty when they do not.
  public OptionalInt markColumn() {
    if (watermark.isPresent()) {
      int leading = watermark.get().indexes().getFirst();
      for (int i = 0; i < columns.size(); i++) {
        if (columns.get(i).isFrom(leading)) {
          return OptionalInt.of(i);
        }
      }
    }
    return OptionalInt.empty();
  }

  /// The columns of the key that come from the source, in the order of the job's key.
  public List<ColumnMapping> sourceKey() {
    return Arrays.stream(key)
        .mapToObj(columns::get)
        .filter(column -> column.source().isPresent())
        .toList();
  }

  /// The key cells of a shaped row, in the order of the job's key.
  public Row keyOf(Row shaped) {
    @Nullable Object[] cells = new Object[key.length];
    for (int i = 0; i < key.length; i++) {
      cells[i] = shaped.cell(key[i]);
    }
    return new Row(cells);
  }

  /// What rows of one key come to.
  public RowPrecedence precedence() {
    return new RowPrecedence(this);
  }

  /// A shaped row's key in a form that can be compared, as far as Java can tell keys apart.
  public Object comparableKeyOf(Row shaped) {
    return KeyedRows.keyOf(shaped, key);
  }

  /// Whether rows may pass without being taken apart, so that it pays to read them packed.
  public boolean passes() {
    return passage.isPresent();
  }

  /// Makes rows ready for the target: as they are, where no rule touches them and nothing speaks
  /// against it, else shaped one by one.
  public TargetBatch ready(List<RowBatch> batches) {
    Optional<List<Integer>> passing = passage.flatMap(way -> way.targetColumns(batches));
    if (passing.isEmpty()) {
      return shape(batches);
    }
    return new PassThroughBatch(
        batches.stream().map(PackedRows.class::cast).toList(),
        passing.get(),
        watermark.flatMap(reader -> reader.highest(batches)),
        () -> shape(batches));
  }

  /// Shapes rows, in their order. What those of one key come to is the target's to say.
  public ShapedBatch shape(List<RowBatch> batches) {
    int expected = batches.stream().mapToInt(batch -> batch.size()).sum();
    var rejected = new ArrayList<RejectedRow>();
    var kept = new KeyedRows(key, expected);
    for (RowBatch batch : batches) {
      for (Row row : batch.rows()) {
        shape(row, kept, rejected);
      }
    }
    return new ShapedBatch(
        kept.rows(),
        kept.origins(),
        List.copyOf(rejected),
        expected,
        kept.repeatsAKey(),
        watermark.flatMap(reader -> reader.highest(batches)));
  }

  private void shape(Row row, KeyedRows kept, List<RejectedRow> rejected) {
    @Nullable Object[] cells = new Object[columns.size()];
    for (int i = 0; i < cells.length; i++) {
      ColumnMapping column = columns.get(i);
      Object cell =
          switch (column.origin()) {
            case CellOrigin.SourceColumn(int index, _) -> column.shape(row.cell(index));
            case CellOrigin.Constant(Object constant) -> constant;
          };
      if (cell instanceof ConversionRefusal(String reason)) {
        rejected.add(
            new RejectedRow(row, Optional.of(column.target().name()), reason, shapedKey(row)));
        return;
      }
      cells[i] = cell;
    }
    kept.add(new Row(cells), row);
  }

  /// The key of a row that is rejected for another column's sake.
  private Optional<Row> shapedKey(Row row) {
    @Nullable Object[] cells = new Object[key.length];
    for (int i = 0; i < key.length; i++) {
      ColumnMapping column = columns.get(key[i]);
      Object cell =
          switch (column.origin()) {
            case CellOrigin.SourceColumn(int index, _) -> column.shape(row.cell(index));
            case CellOrigin.Constant(Object constant) -> constant;
          };
      if (cell == null || cell instanceof ConversionRefusal) {
        return Optional.empty();
      }
      cells[i] = cell;
    }
    return Optional.of(new Row(cells));
  }
}
