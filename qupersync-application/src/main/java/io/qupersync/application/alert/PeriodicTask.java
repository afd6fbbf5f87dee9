package io.qupersync.application.alert;

import io.qupersync.domain.run.FatalErrors;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does one thing over and over on a virtual thread of its own: in a steady rhythm, and soon when
/// asked. To ask costs nothing, and any number of questions in between count as one.
final class PeriodicTask implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PeriodicTask.class);

  private final Duration rhythm;
  private final Duration rest;
  private final Runnable action;
  private final Runnable farewell;
  private final Semaphore asked = new Semaphore(0);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  /// @param rest how long to do nothing after each time, asked or not
  PeriodicTask(String name, Duration rhythm, Duration rest, Runnable action) {
    this(name, rhythm, rest, action, () -> {});
  }

  /// @param farewell done once, after the last time
  PeriodicTask(String name, Duration rhythm, Duration rest, Runnable action, Runnable farewell) {
    this.rhythm = rhythm;
    this.rest = rest;
    this.action = action;
    this.farewell = farewell;
    this.thread = Thread.ofVirtual().name(name).unstarted(this::repeat);
  }

  void start() {
    thread.start();
  }

  void soon() {
    if (asked.availablePermits() == 0) {
      asked.release();
    }
  }

  private void repeat() {
    try {
      boolean _ = asked.tryAcquire(rhythm.toMillis(), TimeUnit.MILLISECONDS);
      while (closed.getCount() > 0) {
        asked.drainPermits();
        act();
        boolean _ = closed.await(rest.toMillis(), TimeUnit.MILLISECONDS);
        boolean _ = asked.tryAcquire(rhythm.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException _) {
      // closed
    } finally {
      farewell.run();
    }
  }

  /// A defect must not silence what comes after.
  private void act() {
    try {
      action.run();
    } catch (RuntimeException | Error defect) {
      FatalErrors.passOn(defect);
      LOG.error("{} met a defect", Thread.currentThread().getName(), defect);
    }
  }

  /// Lets what it does end, and does it no more. Does not wait for that.
  void retire() {
    closed.countDown();
    asked.release();
  }

  /// Breaks off what it does, and waits for that.
  @Override
  public void close() {
    closed.countDown();
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
