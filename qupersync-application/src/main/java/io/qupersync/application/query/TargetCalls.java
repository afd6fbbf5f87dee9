package io.qupersync.application.query;

import io.qupersync.application.inspect.DatabaseWatch;
import io.qupersync.application.port.SyncFailure;
import io.qupersync.application.port.TransientFailure;
import io.qupersync.domain.run.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Asks the target on behalf of people and programs who must have an answer within a second. Nobody
/// waits for a target that is known to be away, and whoever waits while it goes away is let go.
/// Safe for use by many threads.
public final class TargetCalls {

  /// What an answer may take before something older is told instead.
  static final Duration SHORT = Duration.ofMillis(300);

  /// When a database that keeps us waiting is looked at.
  private static final Duration SUSPICIOUS = Duration.ofMillis(200);

  /// By then whoever asked has an answer, unless the database is there and just slow.
  private static final Duration LONG = Duration.ofMillis(700);

  private static final Duration STEP = Duration.ofMillis(50);

  /// How many may ask at a time; the pool has far fewer connections.
  private static final int ASKING = 64;

  private final DatabaseWatch target;
  private final BooleanSupplier exhausted;
  private final InstantSource clock;
  private final Semaphore asking = new Semaphore(ASKING);

  /// @param exhausted whether somebody waits for a connection to the target at this moment
  public TargetCalls(DatabaseWatch target, BooleanSupplier exhausted, InstantSource clock) {
    this.target = target;
    this.exhausted = exhausted;
    this.clock = clock;
  }

  /// What was asked for, and of when it is.
  public record Told<T>(T value, Instant asOf) {}

  /// Reads; where the target does not answer soon, what is known of before.
  ///
  /// @param live may throw what it likes; a [SyncFailure] of a target that is away is answered from
  ///   what is known
  /// @param known what is known without asking; empty when nothing is
  public <T> Told<T> read(Supplier<T> live, Supplier<Optional<Told<T>>> known) {
    if (target.isAnswering() && asking.tryAcquire()) {
      var now = clock.instant();
      try {
        Optional<T> answer = ask(live, () -> known.get().isPresent());
        if (answer.isPresent()) {
          return new Told<>(answer.get(), now);
        }
      } catch (SyncFailure failure) {
        if (!isAway(failure)) {
          throw failure;
        }
        // so that the answer says why it is an old one: the last look may be a second ago
        target.suspect();
        target.awaitAway(SUSPICIOUS);
        return known.get().orElseThrow(() -> failure);
      }
    }
    return known.get().orElseThrow(this::unavailable);
  }

  private static boolean isAway(SyncFailure failure) {
    return failure.kind() == FailureKind.UNREACHABLE || failure.kind() == FailureKind.TIMEOUT;
  }

  /// Reads what is not known without asking.
  public <T> T read(Supplier<T> live) {
    return read(live, Optional::empty).value();
  }

  /// Changes something. Fails at once while the target is away; a change that is still under way
  /// when the target goes away may or may not have been made.
  public <T> T change(Supplier<T> change) {
    if (target.state().isAway() || !asking.tryAcquire()) {
      throw unavailable();
    }
    return ask(change, () -> false)
        .orElseThrow(() ->
            new TransientFailure(
                FailureKind.UNREACHABLE,
                "%s; whether this was done is not known: look, then try again"
                    .formatted(whatIsWrong())));
  }

  /// The permit is given back when the work is over, not when the caller stops waiting.
  private <T> Optional<T> ask(Supplier<T> work, BooleanSupplier hasOther) {
    var question =
        new FutureTask<T>(() -> {
          try {
            return work.get();
          } finally {
            asking.release();
          }
        });
    Thread.ofVirtual().name("asking-target").start(question);
    for (Duration waited = Duration.ZERO; ; waited = waited.plus(STEP)) {
      try {
        return Optional.of(question.get(STEP.toMillis(), TimeUnit.MILLISECONDS));
      } catch (TimeoutException _) {
        if (waited.equals(SUSPICIOUS)) {
          target.suspect();
        }
        boolean enough =
            target.state().isAway()
                || (waited.compareTo(SHORT) >= 0 && hasOther.getAsBoolean())
                || (waited.compareTo(LONG) >= 0
                    && (!target.isAnswering() || exhausted.getAsBoolean()));
        if (enough) {
          return Optional.empty();
        }
      } catch (ExecutionException failed) {
        throw failed.getCause() instanceof RuntimeException told
            ? told
            : new IllegalStateException(failed.getCause());
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw new TransientFailure(FailureKind.UNREACHABLE, "the service is stopping");
      }
    }
  }

  private TransientFailure unavailable() {
    return new TransientFailure(FailureKind.UNREACHABLE, whatIsWrong());
  }

  private String whatIsWrong() {
    var state = target.state();
    if (state.isAway()) {
      return "%s is away since %s: %s"
          .formatted(state.name(), state.since(), state.detail().orElse("it does not answer"));
    }
    return target.isAnswering() && exhausted.getAsBoolean()
        ? "all connections to %s are in use".formatted(state.name())
        : "%s does not answer at present".formatted(state.name());
  }
}
