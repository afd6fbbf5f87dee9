package io.qupersync.application.sync;

import io.qupersync.domain.row.RowBatch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Batches on their way from the reading to the writing thread, bounded by the heap they hold. One
/// that is larger than all of them may be is handed over alone: nothing is read while it is there.
final class BatchQueue {

  private final long maxBytes;
  private final QueueGauge total;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<RowBatch> waiting = new ArrayDeque<>();
  private long bytes;
  private boolean writing;
  private boolean ended;
  private boolean abandoned;

  /// @param total counts what waits here among what waits elsewhere
  BatchQueue(long maxBytes, QueueGauge total) {
    this.maxBytes = maxBytes;
    this.total = total;
  }

  /// Adds a batch as soon as there is room. One too large for the queue waits until everything
  /// before it is written, and is itself written when this returns.
  ///
  /// @return false when nobody takes any more
  boolean put(RowBatch batch) throws InterruptedException {
    boolean alone = batch.bytes() > maxBytes;
    lock.lockInterruptibly();
    try {
      while (!abandoned && (alone ? isBusy() : bytes + batch.bytes() > maxBytes)) {
        changed.await();
      }
      if (abandoned) {
        return false;
      }
      waiting.add(batch);
      bytes += batch.bytes();
      total.added(batch);
      changed.signalAll();
      while (alone && !abandoned && isBusy()) {
        changed.await();
      }
      return !abandoned;
    } finally {
      lock.unlock();
    }
  }

  private boolean isBusy() {
    return writing || !waiting.isEmpty();
  }

  /// Says that nothing more will come; what is waiting is still taken.
  void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Says that nobody takes any more.
  void abandon() {
    lock.lock();
    try {
      abandoned = true;
      waiting.forEach(total::removed);
      waiting.clear();
      bytes = 0;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Waits for a batch, and takes with it those that wait behind it, up to so many rows in all.
  /// Says too that those taken before have been written.
  ///
  /// @return empty when nothing more will come
  List<RowBatch> take(int maxRows) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      writing = false;
      changed.signalAll();
      while (waiting.isEmpty() && !ended) {
        changed.await();
      }
      var group = new ArrayList<RowBatch>();
      int rows = 0;
      while (!waiting.isEmpty() && (group.isEmpty() || rows + waiting.peek().size() <= maxRows)) {
        RowBatch batch = waiting.remove();
        group.add(batch);
        rows += batch.size();
        bytes -= batch.bytes();
        total.removed(batch);
      }
      writing = !group.isEmpty();
      changed.signalAll();
      return group;
    } finally {
      lock.unlock();
    }
  }
}
