package io.qupersync.application.query;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// The events that wait for one listener: never more than so many, whatever the listener does.
/// Progress that has been overtaken is left out; what cannot wait any more is lost, the oldest
/// first, progress before all else.
public final class RunSubscription implements AutoCloseable {

  private final int capacity;
  private final Consumer<RunSubscription> onClose;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<RunEvent> waiting = new ArrayDeque<>();
  private boolean closed;

  RunSubscription(int capacity, Consumer<RunSubscription> onClose) {
    this.capacity = capacity;
    this.onClose = onClose;
  }

  /// Waits for the next event.
  ///
  /// @return empty when none came in that time, or none will come any more
  public Optional<RunEvent> next(Duration patience) throws InterruptedException {
    long left = patience.toNanos();
    lock.lockInterruptibly();
    try {
      while (waiting.isEmpty() && !closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      return Optional.ofNullable(waiting.poll());
    } finally {
      lock.unlock();
    }
  }

  /// Whether events may still come or wait.
  public boolean isOpen() {
    lock.lock();
    try {
      return !closed || !waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /// Never blocks.
  void offer(RunEvent event) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      if (event instanceof RunEvent.Progressed) {
        waiting.removeIf(older -> isProgressOf(event, older));
      }
      if (waiting.size() == capacity) {
        dropOne();
      }
      waiting.add(event);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static boolean isProgressOf(RunEvent event, RunEvent older) {
    return older instanceof RunEvent.Progressed && older.live().run().equals(event.live().run());
  }

  private void dropOne() {
    for (Iterator<RunEvent> events = waiting.iterator(); events.hasNext(); ) {
      if (events.next() instanceof RunEvent.Progressed) {
        events.remove();
        return;
      }
    }
    waiting.remove();
  }

  /// Nothing more will come; what waits may still be taken.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    onClose.accept(this);
  }
}
