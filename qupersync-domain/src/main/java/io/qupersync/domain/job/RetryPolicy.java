package io.qupersync.domain.job;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How often and how soon a transient failure is tried again: exponential backoff with full jitter.
///
/// @param maxRetries tries after the first, 0 or more; all steps of a run share them
/// @see <a href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Full
///   jitter</a>
public record RetryPolicy(int maxRetries, Duration baseDelay, Duration maxDelay) {

  public RetryPolicy {
    if (maxRetries < 0) {
      throw new IllegalArgumentException("max_retries must not be negative, was " + maxRetries);
    }
    if (baseDelay.isNegative() || maxDelay.compareTo(baseDelay) < 0) {
      throw new IllegalArgumentException(
          "base_delay must lie between 0 and max_delay, were %s and %s"
              .formatted(baseDelay, maxDelay));
    }
  }

  public static RetryPolicy defaults() {
    return new RetryPolicy(3, Duration.ofSeconds(1), Duration.ofSeconds(30));
  }

  public boolean allows(int retry) {
    return retry <= maxRetries;
  }

  /// The wait before the given retry, counted from 1: anything from zero to the doubled and capped
  /// base.
  public Duration delayBefore(int retry, RandomGenerator random) {
    int doublings = Math.clamp(retry - 1L, 0, 20);
    long max = maxDelay.toMillis();
    // asked this way round, because the doubled base may be too large for a long
    boolean capped = baseDelay.toMillis() > max >> doublings;
    long ceiling = capped ? max : baseDelay.toMillis() << doublings;
    return Duration.ofMillis(random.nextLong(ceiling + 1));
  }
}
