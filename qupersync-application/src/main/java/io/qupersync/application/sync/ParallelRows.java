package io.qupersync.application.sync;

import io.qupersync.application.port.Rows;
import io.qupersync.domain.row.RowBatch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Parts that are read at the same time, each by a virtual thread that takes the next one when it
/// is done. One batch waits here to be taken, and each reader may hold another; nobody is ahead by
/// more. When one fails, what was handed over before is still taken, and no more.
final class ParallelRows implements Rows {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<BatchPipeline.Part> waiting;
  private final List<Thread> threads = new ArrayList<>();
  private int unended;
  private @Nullable RowBatch handed;
  private BatchPipeline.@Nullable Part atItsEnd;
  private @Nullable Throwable failure;
  private boolean closed;

  private ParallelRows(List<BatchPipeline.Part> parts) {
    this.waiting = new ArrayDeque<>(parts);
    this.unended = parts.size();
  }

  /// Begins to read.
  static Rows reading(List<BatchPipeline.Part> parts, int readers) {
    var joined = new ParallelRows(parts);
    String run = Thread.currentThread().getName();
    for (int i = 1; i <= Math.min(readers, parts.size()); i++) {
      joined.threads.add(
          Thread.ofVirtual()
              .name("%s-reader-%d".formatted(run, i))
              .start(LogContext.inherited(joined::readParts)));
    }
    return joined;
  }

  @Override
  public Optional<RowBatch> next() {
    try {
      lock.lockInterruptibly();
      try {
        return taken();
      } finally {
        lock.unlock();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new RunInterruptedException(stopped);
    }
  }

  private Optional<RowBatch> taken() throws InterruptedException {
    while (true) {
      if (handed != null) {
        RowBatch batch = handed;
        handed = null;
        changed.signalAll();
        return Optional.of(batch);
      }
      if (atItsEnd != null) {
        atItsEnd.ended();
        atItsEnd = null;
        unended--;
        changed.signalAll();
        continue;
      }
      rethrow(failure);
      if (unended == 0) {
        return Optional.empty();
      }
      changed.await();
    }
  }

  private static void rethrow(@Nullable Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException told) {
      throw told;
    }
  }

  // Errors are kept too: an OutOfMemoryError here must not look like the end of the rows.
  private void readParts() {
    try {
      Optional<BatchPipeline.Part> part = nextPart();
      while (part.isPresent() && read(part.get())) {
        part = nextPart();
      }
    } catch (InterruptedException stopped) {
      failed(new RunInterruptedException(stopped));
    } catch (RuntimeException | Error broken) {
      failed(broken);
    }
  }

  private Optional<BatchPipeline.Part> nextPart() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      return isWanted() ? Optional.ofNullable(waiting.poll()) : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /// @return false when nobody wants any more
  private boolean read(BatchPipeline.Part part) throws InterruptedException {
    try (Rows rows = part.open()) {
      Handed last = Handed.OVER;
      while (last == Handed.OVER) {
        last = handNext(rows);
      }
      if (last == Handed.UNWANTED) {
        return false;
      }
    }
    return end(part);
  }

  private enum Handed {
    OVER,
    UNWANTED,
    NO_MORE
  }

  /// In a method of its own: the last batch must not be held while the next is read.
  private Handed handNext(Rows rows) throws InterruptedException {
    Optional<RowBatch> batch = rows.next();
    if (batch.isEmpty()) {
      return Handed.NO_MORE;
    }
    return hand(batch.get()) ? Handed.OVER : Handed.UNWANTED;
  }

  /// @return false when nobody wants any more
  private boolean hand(RowBatch batch) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      boolean wanted = awaitRoom();
      if (wanted) {
        handed = batch;
        changed.signalAll();
      }
      return wanted;
    } finally {
      lock.unlock();
    }
  }

  /// Told behind the part's last batch.
  private boolean end(BatchPipeline.Part part) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      boolean wanted = awaitRoom();
      if (wanted) {
        atItsEnd = part;
        changed.signalAll();
      }
      return wanted;
    } finally {
      lock.unlock();
    }
  }

  /// @return false when nobody wants any more
  private boolean awaitRoom() throws InterruptedException {
    while (isWanted() && (handed != null || atItsEnd != null)) {
      changed.await();
    }
    return isWanted();
  }

  private boolean isWanted() {
    return !closed && failure == null;
  }

  private void failed(Throwable broken) {
    lock.lock();
    try {
      if (failure == null) {
        failure = broken;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Interrupts the readers and waits for them: none may still read when the next attempt begins,
  /// or another run.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      handed = null;
      waiting.clear();
    } finally {
      lock.unlock();
    }
    threads.forEach(Thread::interrupt);
    boolean interrupted = false;
    for (Thread thread : threads) {
      interrupted |= awaitEnd(thread);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// @return whether this thread was interrupted meanwhile
  private static boolean awaitEnd(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        return interrupted;
      } catch (InterruptedException stopped) {
        interrupted = true;
      }
    }
  }
}
