package io.qupersync.application.schedule;

import io.qupersync.domain.run.FatalErrors;
import io.qupersync.domain.run.RunOutcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// The runs of this process that nobody's thread waits for, each on a virtual thread of its own.
/// Safe for use by many threads.
public final class RunExecutor {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition oneEnded = lock.newCondition();
  private int underWay;
  private boolean closed;

  /// None are under way yet.
  public RunExecutor() {}

  RunStart start(String name, Supplier<RunOutcome> run) {
    if (!enter()) {
      return new RunStart.ShuttingDown();
    }
    var end = new CompletableFuture<RunOutcome>();
    try {
      Thread.ofVirtual().name(name).start(() -> finish(end, run));
    } catch (RuntimeException | Error defect) {
      leave();
      end.completeExceptionally(defect);
      FatalErrors.passOn(defect);
    }
    return new RunStart.Started(end);
  }

  private void finish(CompletableFuture<RunOutcome> end, Supplier<RunOutcome> run) {
    try {
      end.complete(run.get());
    } catch (RuntimeException | Error defect) {
      end.completeExceptionally(defect);
      FatalErrors.passOn(defect);
    } finally {
      leave();
    }
  }

  private boolean enter() {
    lock.lock();
    try {
      if (!closed) {
        underWay++;
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  private void leave() {
    lock.lock();
    try {
      underWay--;
      oneEnded.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// From now on takes no new run.
  public void takeNoMore() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
  }

  /// Waits for the end of all that is under way.
  ///
  /// @return how many had not ended when the patience did
  public int awaitEnd(Duration patience) throws InterruptedException {
    long left = patience.toNanos();
    lock.lockInterruptibly();
    try {
      while (underWay > 0 && left > 0) {
        left = oneEnded.awaitNanos(left);
      }
      return underWay;
    } finally {
      lock.unlock();
    }
  }

  /// How many are under way.
  public int count() {
    lock.lock();
    try {
      return underWay;
    } finally {
      lock.unlock();
    }
  }
}
