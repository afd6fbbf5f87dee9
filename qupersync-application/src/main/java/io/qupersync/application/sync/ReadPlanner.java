package io.qupersync.application.sync;

import io.qupersync.application.port.RowSource;
import io.qupersync.application.port.Rows;
import io.qupersync.domain.mapping.SplitPlan;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.progress.ColumnBounds;
import io.qupersync.domain.progress.KeyRange;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.progress.Window;
import java.util.List;
import java.util.Optional;

/// Decides how a run reads its window: by one session, or in ranges by several. Only what has
/// neither beginning nor end is read in ranges: the slices of a watermark are small, and come in
/// its order.
final class ReadPlanner {

  private final RowSource source;
  private final BatchPipeline batchPipeline;

  ReadPlanner(RowSource source, BatchPipeline batchPipeline) {
    this.source = source;
    this.batchPipeline = batchPipeline;
  }

  WindowRead of(RunContext run, TableMapping mapping, Window window) {
    if (!window.isEverything()) {
      return whole(run, mapping, window);
    }
    return switch (mapping.splitting()) {
      case SplitPlan.Whole(Optional<String> reason) -> {
        reason.ifPresent(run.progress()::readByOne);
        yield whole(run, mapping, window);
      }
      case SplitPlan.By by ->
          ranged(mapping, window, by).orElseGet(() -> whole(run, mapping, window));
    };
  }

  private WindowRead whole(RunContext run, TableMapping mapping, Window window) {
    return new SingleRead(source, run.progress(), mapping.upTo(window.ceiling()), window);
  }

  /// Empty when there is nothing to split, or the watermark would have no ceiling.
  private Optional<WindowRead> ranged(TableMapping mapping, Window window, SplitPlan.By by) {
    String column = by.column().name();
    ColumnBounds columnBounds =
        source
            .extentOf(mapping.job(), mapping.source(), column, window)
            .orElseGet(ColumnBounds::empty);
    Optional<WatermarkValue> least = columnBounds.least().filter(WatermarkValue::isFinite);
    Optional<WatermarkValue> most = columnBounds.most().filter(WatermarkValue::isFinite);
    Optional<Window> bounded = bounded(mapping, window, columnBounds);
    if (least.isEmpty() || most.isEmpty() || bounded.isEmpty()) {
      return Optional.empty();
    }
    List<KeyRange> ranges = KeyRange.over(column, least.get(), most.get(), by.parts());
    return ranges.size() == 1
        ? Optional.empty()
        : Optional.of(
            new SplitRead(
                source,
                batchPipeline,
                mapping.inNoOrder().upTo(bounded.get().ceiling()),
                bounded.get(),
                ranges,
                by.readers()));
  }

  /// A row may come into a range that has been read, and another with a higher mark into one that
  /// has not: the watermark must not pass the first for the second's sake. So it ends where it was
  /// before any range was read. The source's clock is no such end: rows may trail it.
  private static Optional<Window> bounded(
      TableMapping mapping, Window window, ColumnBounds columnBounds) {
    return mapping.watermark().isEmpty()
        ? Optional.of(window)
        : columnBounds.latest().map(watermarkValue -> window.upTo(Watermark.of(watermarkValue)));
  }

  static Rows open(RowSource source, TableMapping mapping, Window window) {
    return mapping.passes()
        ? source.openPacked(mapping.job(), mapping.source(), window)
        : source.open(mapping.job(), mapping.source(), window);
  }
}
