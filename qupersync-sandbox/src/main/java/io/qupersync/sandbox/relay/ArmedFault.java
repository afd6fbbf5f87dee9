package io.qupersync.sandbox.relay;

import io.qupersync.sandbox.relay.Fault.Moment;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// A [Fault] that waits for its moment. Safe to ask from any thread.
public final class ArmedFault {
  private final Fault fault;
  private final Runnable afterwards;
  private final long count;
  private final AtomicLong left;
  private final CountDownLatch allStrikes;

  /// The statement last looked at, so that a pattern is not matched once per row.
  private volatile Concern last = new Concern("", false);

  private record Concern(String sql, boolean concerned) {}

  ArmedFault(Fault fault, Runnable afterwards) {
    this.fault = fault;
    this.afterwards = afterwards;
    this.count =
        switch (fault.moment()) {
          case Moment.AfterRows(long rows) -> rows;
          case Moment.AfterBytes(long bytes) -> bytes;
          case Moment.AtExecute _, Moment.AtNextFetch _, Moment.AtFirstFetch _ -> 1;
        };
    this.left = new AtomicLong(count);
    this.allStrikes = new CountDownLatch(fault.times());
  }

  /// How often it has struck.
  public int struck() {
    return fault.times() - (int) allStrikes.getCount();
  }

  /// Waits until it has struck for the last time; false when that takes longer than this.
  public boolean awaitStruck(Duration atMost) throws InterruptedException {
    return allStrikes.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }

  Fault fault() {
    return fault;
  }

  boolean spent() {
    return allStrikes.getCount() == 0;
  }

  /// One more of what the fault counts has gone by; true for the one at which it strikes.
  boolean countsDown(String sql) {
    return !spent() && concerns(sql) && left.decrementAndGet() == 0;
  }

  /// So many bytes are about to go by; answers after how many of them it strikes, if it does.
  OptionalInt strikesWithin(int bytes, String sql) {
    if (spent() || !concerns(sql)) {
      return OptionalInt.empty();
    }
    long before = left.getAndAdd(-bytes);
    return before > 0 && before <= bytes ? OptionalInt.of((int) before) : OptionalInt.empty();
  }

  /// To be called by whoever was told that it strikes.
  void struckNow() {
    left.set(count);
    allStrikes.countDown();
    afterwards.run();
  }

  private boolean concerns(String sql) {
    Concern known = last;
    if (!known.sql().equals(sql)) {
      known = new Concern(sql, fault.concerns(sql));
      last = known;
    }
    return known.concerned();
  }

  @Override
  public String toString() {
    return "%s, struck %d of %d".formatted(fault, struck(), fault.times());
  }
}
