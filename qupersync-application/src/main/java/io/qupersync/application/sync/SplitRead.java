package io.qupersync.application.sync;

import io.qupersync.application.port.RowSource;
import io.qupersync.application.port.Rows;
import io.qupersync.domain.job.SyncMode;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.progress.KeyRange;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.row.RowBatch;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads a window range by range, several at a time, each by a session of its own. A range counts
/// as read when its end is proven and all its rows are committed; the others are read again when
/// the source or the target is lost on the way. Rows come in no order, so none leaves a checkpoint.
final class SplitRead implements WindowRead {

  private final RowSource source;
  private final BatchPipeline batchPipeline;
  private final TableMapping mapping;
  private final Window window;
  private final int readers;
  private final List<KeyRange> ranges;
  private final Set<KeyRange> left;
  private final List<End> ends = new ArrayList<>();
  private long taken;
  private long committed;

  /// @param afterBatches how many batches, of all ranges, had been taken when it was reached
  private record End(KeyRange range, long afterBatches) {}

  /// @param mapping of rows in no order
  SplitRead(
      RowSource source,
      BatchPipeline batchPipeline,
      TableMapping mapping,
      Window window,
      List<KeyRange> ranges,
      int readers) {
    this.source = source;
    this.batchPipeline = batchPipeline;
    this.mapping = mapping;
    this.window = window;
    this.ranges = List.copyOf(ranges);
    this.left = new LinkedHashSet<>(ranges);
    this.readers = readers;
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
    ends.clear();
    taken = 0;
    committed = 0;
    Rows joined = batchPipeline.join(left.stream().map(this::part).toList(), readers);
    return new Rows() {
      @Override
      public Optional<RowBatch> next() {
        Optional<RowBatch> batch = joined.next();
        batch.ifPresent(_ -> taken++);
        return batch;
      }

      @Override
      public void close() {
        joined.close();
      }
    };
  }

  private BatchPipeline.Part part(KeyRange range) {
    return new BatchPipeline.Part() {
      @Override
      public Rows open() {
        return ReadPlanner.open(source, mapping, window.within(range));
      }

      @Override
      public void ended() {
        ends.add(new End(range, taken));
      }
    };
  }

  // batches are committed in the order in which they were taken: to count them is to know which
  @Override
  public void committed(List<RowBatch> batches) {
    committed += batches.size();
  }

  @Override
  public void invalidate() {
    left.addAll(ranges);
    ends.clear();
  }

  @Override
  public boolean madeProgress() {
    // what a mirror's load has seen is forgotten with it
    return mapping.job().mode() != SyncMode.MIRROR
        && left.removeIf(range ->
            ends.stream()
                .anyMatch(end -> end.range().equals(range) && end.afterBatches() <= committed));
  }
}
