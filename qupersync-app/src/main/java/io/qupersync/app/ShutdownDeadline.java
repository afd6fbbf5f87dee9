package io.qupersync.app;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends a process that was told to stop and does not manage to, whatever it waits for: a thread
/// that is stuck in the kernel, a disk, a database. Opened before and closed after all that might
/// be stuck.
final class ShutdownDeadline implements AutoCloseable {

  /// The exit code of a process that was ended.
  static final int NOT_IN_TIME = 1;

  private static final Logger LOG = LoggerFactory.getLogger(ShutdownDeadline.class);

  private final Duration patience;
  private final IntConsumer halt;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicBoolean begun = new AtomicBoolean();

  /// @param patience how long a stop may take
  ShutdownDeadline(Duration patience) {
    this(patience, Runtime.getRuntime()::halt);
  }

  ShutdownDeadline(Duration patience, IntConsumer halt) {
    this.patience = patience;
    this.halt = halt;
  }

  /// From now on time runs; a second call changes nothing.
  void begin() {
    if (begun.compareAndSet(false, true)) {
      Thread.ofPlatform().daemon().name("deadline").start(this::watch);
    }
  }

  private void watch() {
    try {
      boolean inTime = ended.await(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (!inTime) {
        LOG.error("not stopped within {} s, and ended at once", patience.toSeconds());
        Logs.flush();
        halt.accept(NOT_IN_TIME);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// The process has stopped by itself.
  @Override
  public void close() {
    ended.countDown();
  }
}
