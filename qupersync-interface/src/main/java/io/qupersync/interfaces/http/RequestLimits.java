package io.qupersync.interfaces.http;

import io.qupersync.interfaces.http.TokenBucket.Rate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Keeps one client from wearing the service down or guessing tokens. Safe for use by many threads;
/// remembers a bounded number of clients, those of late.
final class RequestLimits {

  /// Far above what monitoring asks, far below what hurts.
  static final Rate REQUESTS = new Rate(10_000, 5_000);

  /// Changes start runs and write to the target.
  static final Rate CHANGES = new Rate(60, 10);

  /// A person mistypes a token now and then; guessing one of 128 bits at this rate is hopeless.
  static final Rate FAILURES = new Rate(10, 0.1);

  private static final int MAX_CLIENTS = 10_000;

  private final InstantSource clock;
  private final Buckets requests = new Buckets(REQUESTS);
  private final Buckets changes = new Buckets(CHANGES);
  private final Buckets failures = new Buckets(FAILURES);

  RequestLimits(InstantSource clock) {
    this.clock = clock;
  }

  /// @return how long the client must wait; empty when it may go on
  Optional<Duration> onRequest(String client) {
    return requests.take(client, clock.instant());
  }

  /// @return how long the client must wait; empty when it may go on
  Optional<Duration> onChange(String client) {
    return changes.take(client, clock.instant());
  }

  /// For a token that is not known; one that is known is never kept waiting by these.
  ///
  /// @return how long until the client is told again whether a token is known; empty when it is
  ///   told
  Optional<Duration> onWrongToken(String client) {
    return failures.take(client, clock.instant());
  }

  private static final class Buckets {

    private final Rate rate;
    private final Map<String, TokenBucket> byClient =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, TokenBucket> eldest) {
            return size() > MAX_CLIENTS;
          }
        };

    Buckets(Rate rate) {
      this.rate = rate;
    }

    synchronized Optional<Duration> take(String client, Instant now) {
      TokenBucket bucket = byClient.computeIfAbsent(client, _ -> new TokenBucket(rate, now));
      return bucket.take(now) ? Optional.empty() : Optional.of(bucket.untilNext(now));
    }
  }
}
