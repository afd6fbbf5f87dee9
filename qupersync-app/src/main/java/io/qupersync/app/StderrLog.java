package io.qupersync.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The log on stderr, written by a thread of its own: a reader of stderr that does not read (a full
/// pipe, a stopped terminal) holds up nobody who has something to say. What does not fit into the
/// queue is dropped, counted, and told of once there is room again.
final class StderrLog extends ConsoleAppender<ILoggingEvent> {

  /// About one megabyte of lines.
  static final int CAPACITY = 2_000;

  private final ArrayBlockingQueue<ILoggingEvent> waiting = new ArrayBlockingQueue<>(CAPACITY);
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicLong untold = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition allWritten = lock.newCondition();
  private long unwritten;

  @Override
  public void start() {
    super.start();
    Thread.ofPlatform().daemon().name("log").start(this::write);
  }

  @Override
  protected void append(ILoggingEvent event) {
    event.prepareForDeferredProcessing();
    count(1);
    if (!waiting.offer(event)) {
      count(-1);
      dropped.incrementAndGet();
      untold.incrementAndGet();
    }
  }

  /// How many lines were dropped so far.
  long dropped() {
    return dropped.get();
  }

  private void write() {
    try {
      while (true) {
        super.append(waiting.take());
        count(-1);
        long lost = untold.getAndSet(0);
        if (lost > 0) {
          super.append(lost(lost));
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private ILoggingEvent lost(long lines) {
    Logger logger = ((LoggerContext) getContext()).getLogger(StderrLog.class);
    return new LoggingEvent(
        StderrLog.class.getName(),
        logger,
        Level.WARN,
        "%d lines of the log were dropped: whoever reads stderr was too slow".formatted(lines),
        null,
        null);
  }

  private void count(int change) {
    lock.lock();
    try {
      unwritten += change;
      if (unwritten == 0) {
        allWritten.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Waits until everything is written, but not for ever: nobody may be reading.
  void flush(Duration patience) {
    long left = patience.toNanos();
    lock.lock();
    try {
      while (unwritten > 0 && left > 0) {
        left = allWritten.awaitNanos(left);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }
}
