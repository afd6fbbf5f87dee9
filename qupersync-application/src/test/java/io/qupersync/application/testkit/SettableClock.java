package io.qupersync.application.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that stands still until a test moves it. Safe for use by many threads.
public final class SettableClock implements InstantSource {

  private Instant now;

  public SettableClock(Instant now) {
    this.now = now;
  }

  /// A Monday morning like any other.
  public static SettableClock atSomeMorning() {
    return new SettableClock(Instant.parse("2026-03-02T08:00:00Z"));
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  public synchronized void set(Instant instant) {
    now = instant;
    notifyAll();
  }

  public synchronized void tick(Duration duration) {
    set(now.plus(duration));
  }

  /// Returns when someone has moved the clock that far.
  public synchronized void await(Instant then) throws InterruptedException {
    while (now.isBefore(then)) {
      wait();
    }
  }
}
