package io.qupersync.infrastructure.metrics;

import io.qupersync.domain.run.FatalErrors;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// An answer that may be dear or late: it is asked for at most once in a while, by one at a time,
/// and waited for only so long. Whoever asks meanwhile shares it.
final class Polled<T> {

  private final Supplier<T> source;
  private final InstantSource clock;
  private final Duration fresh;
  private final Duration patience;
  private @Nullable CompletableFuture<T> asked;
  private Instant askedAt = Instant.MIN;

  /// @param fresh how long an answer holds
  /// @param patience how long a caller waits
  Polled(Supplier<T> source, InstantSource clock, Duration fresh, Duration patience) {
    this.source = source;
    this.clock = clock;
    this.fresh = fresh;
    this.patience = patience;
  }

  /// Empty when there is no answer, or none in time.
  Optional<T> latest() {
    try {
      return Optional.of(answer().get(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException | TimeoutException _) {
      return Optional.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /// A question that was never answered is not asked again beside itself.
  private synchronized CompletableFuture<T> answer() {
    CompletableFuture<T> known = asked;
    Instant now = clock.instant();
    if (known != null && (!known.isDone() || now.isBefore(askedAt.plus(fresh)))) {
      return known;
    }
    CompletableFuture<T> next = new CompletableFuture<>();
    asked = next;
    askedAt = now;
    Thread.ofVirtual().name("gauges").start(() -> ask(next));
    return next;
  }

  private void ask(CompletableFuture<T> answer) {
    try {
      answer.complete(source.get());
    } catch (RuntimeException | Error failure) {
      answer.completeExceptionally(failure);
      FatalErrors.passOn(failure);
    }
  }
}
