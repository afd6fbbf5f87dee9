package io.qupersync.interfaces.http;

import java.time.Duration;
import java.time.Instant;

/// Admits so many at once and so many per second afterwards. Used under its owner's lock.
final class TokenBucket {

  private static final double NANOS = 1e9;

  private final Rate rate;
  private double tokens;
  private Instant last;

  TokenBucket(Rate rate, Instant now) {
    this.rate = rate;
    this.tokens = rate.burst();
    this.last = now;
  }

  /// @param burst how many at once
  /// @param perSecond how many per second in the long run
  record Rate(int burst, double perSecond) {}

  /// Takes one, if there is one.
  boolean take(Instant now) {
    refill(now);
    if (tokens < 1) {
      return false;
    }
    tokens -= 1;
    return true;
  }

  /// How long until there is one again.
  Duration untilNext(Instant now) {
    refill(now);
    double missing = Math.max(0, 1 - tokens);
    return Duration.ofNanos((long) Math.ceil(missing / rate.perSecond() * NANOS));
  }

  // a clock that was set back gives nothing, and takes nothing
  private void refill(Instant now) {
    double elapsed = Math.max(0, Duration.between(last, now).toNanos() / NANOS);
    tokens = Math.min(rate.burst(), tokens + elapsed * rate.perSecond());
    last = now;
  }
}
