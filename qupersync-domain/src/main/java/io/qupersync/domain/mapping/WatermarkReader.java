package io.qupersync.domain.mapping;

import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.row.PackedRows;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.row.RowBatch;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Finds the highest watermark among rows, leaving out what lies beyond the ceiling: a row that is
/// dated ahead of the clock says nothing of the rows that are still to come before it.
///
/// @param indexes positions of the watermark's columns in the source's rows
/// @param kinds what those columns hold
/// @param ordered whether rows arrive in the watermark's order; then the source's own order of
///   texts counts, which may differ from Java's
/// @param ceiling the highest value that counts; empty when all do
public record WatermarkReader(
    List<Integer> indexes,
    List<WatermarkValue.Kind> kinds,
    boolean ordered,
    Optional<Watermark> ceiling) {

  public WatermarkReader {
    indexes = List.copyOf(indexes);
    kinds = List.copyOf(kinds);
  }

  public WatermarkReader(List<Integer> indexes, List<WatermarkValue.Kind> kinds, boolean ordered) {
    this(indexes, kinds, ordered, Optional.empty());
  }

  /// The same, for rows that arrive in no order.
  WatermarkReader inNoOrder() {
    return new WatermarkReader(indexes, kinds, false, ceiling);
  }

  /// The same, for which nothing beyond this counts.
  WatermarkReader upTo(Optional<Watermark> highest) {
    return new WatermarkReader(indexes, kinds, ordered, highest);
  }

  /// Whether the source puts all values in the order in which Java compares them.
  public boolean hasJavasOrder() {
    return !kinds.contains(WatermarkValue.Kind.TEXT);
  }

  /// How many rows have no watermark, because a column of it is NULL.
  public long unmarked(List<RowBatch> batches) {
    return batches.stream().mapToLong(this::unmarked).sum();
  }

  private long unmarked(RowBatch batch) {
    if (batch instanceof PackedRows packed && indexes.stream().allMatch(packed::isFull)) {
      return 0;
    }
    return batch.rows().stream().filter(this::isUnmarked).count();
  }

  private boolean isUnmarked(Row row) {
    return indexes.stream().anyMatch(index -> row.cell(index) == null);
  }

  /// The highest watermark in the batches; empty when no row has one.
  public Optional<Watermark> highest(List<RowBatch> batches) {
    return ordered ? last(batches) : largest(batches);
  }

  /// The last row of the batch that has this watermark; empty when none has it.
  public OptionalInt lastWith(Watermark mark, RowBatch batch) {
    Cells cells = cells(batch);
    Object leading = mark.first().cell();
    for (int row = batch.size() - 1; row >= 0; row--) {
      Object first = cells.at(row, indexes.getFirst());
      boolean candidate =
          first instanceof Long ? leading instanceof BigDecimal : leading.equals(first);
      if (candidate && of(cells, row).equals(Optional.of(mark))) {
        return OptionalInt.of(row);
      }
    }
    return OptionalInt.empty();
  }

  private Optional<Watermark> last(List<RowBatch> batches) {
    for (RowBatch batch : batches.reversed()) {
      Cells cells = cells(batch);
      for (int row = batch.size() - 1; row >= 0; row--) {
        Optional<Watermark> mark = counting(cells, row);
        if (mark.isPresent()) {
          return mark;
        }
      }
    }
    return Optional.empty();
  }

  /// The cells of a batch, without taking packed rows apart.
  private interface Cells {
    @Nullable Object at(int row, int column);
  }

  private static Cells cells(RowBatch batch) {
    if (batch instanceof PackedRows packed) {
      return packed::cell;
    }
    List<Row> rows = batch.rows();
    return (row, column) -> rows.get(row).cell(column);
  }

  private Optional<Watermark> largest(List<RowBatch> batches) {
    Optional<Watermark> highest = Optional.empty();
    @Nullable Object previous = null;
    for (RowBatch batch : batches) {
      Cells cells = cells(batch);
      for (int row = 0; row < batch.size(); row++) {
        Object first = cells.at(row, indexes.getFirst());
        // neighbours often share their value: no need to look at it twice
        if (first == null || (indexes.size() == 1 && first.equals(previous))) {
          continue;
        }
        previous = first;
        Optional<Watermark> seen = highest;
        highest =
            counting(cells, row).map(mark -> seen.map(mark::orLater).orElse(mark)).or(() -> seen);
      }
    }
    return highest;
  }

  /// A tuple that begins with the ceiling comes after it: rows with that very value in the leading
  /// column may still come, and have less in the next one.
  private Optional<Watermark> counting(Cells cells, int row) {
    Optional<Watermark> mark = of(cells, row);
    return mark.isPresent() && ceiling.isPresent() && mark.get().isAfter(ceiling.get())
        ? Optional.empty()
        : mark;
  }

  private Optional<Watermark> of(Cells cells, int row) {
    var marks = new ArrayList<WatermarkValue>(indexes.size());
    for (int index : indexes) {
      Object cell = cells.at(row, index);
      Optional<WatermarkValue> mark = cell == null ? Optional.empty() : WatermarkValue.of(cell);
      if (mark.isEmpty()) {
        return Optional.empty();
      }
      marks.add(mark.get());
    }
    return Optional.of(new Watermark(marks));
  }
}
