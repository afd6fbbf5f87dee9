package io.qupersync.application.sync;

import io.qupersync.application.port.Gauges.Backlog;
import io.qupersync.domain.row.RowBatch;
import java.util.concurrent.atomic.LongAdder;

/// Counts what waits in all queues between readers and writers. Safe for use by many threads.
final class QueueGauge {

  private final LongAdder rows = new LongAdder();
  private final LongAdder bytes = new LongAdder();

  void added(RowBatch batch) {
    rows.add(batch.size());
    bytes.add(batch.bytes());
  }

  void removed(RowBatch batch) {
    rows.add(-batch.size());
    bytes.add(-batch.bytes());
  }

  Backlog now() {
    return new Backlog(rows.sum(), bytes.sum());
  }
}
