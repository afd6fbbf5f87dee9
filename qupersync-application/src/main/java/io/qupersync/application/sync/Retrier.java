package io.qupersync.application.sync;

import io.qupersync.application.port.LostCommits;
import io.qupersync.application.port.Pause;
import io.qupersync.application.port.TransientFailure;
import io.qupersync.domain.job.RetryPolicy;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Tries again what failed transiently.
public final class Retrier {

  private final Pause pause;
  private final RandomGenerator random;

  public Retrier(Pause pause, RandomGenerator random) {
    this.pause = pause;
    this.random = random;
  }

  /// Called before each wait.
  @FunctionalInterface
  interface Retrying {
    void before(int retry, Duration delay, TransientFailure failure);
  }

  /// What the action returns once it succeeds.
  ///
  /// @throws LostCommits at once: it is not the action that must be tried again
  /// @throws TransientFailure the last one, when the policy allows no more
  <T> T attempt(RetryPolicy policy, Supplier<T> action, Retrying retrying) {
    for (int retry = 1; ; retry++) {
      try {
        return action.get();
      } catch (LostCommits lost) {
        throw lost;
      } catch (TransientFailure failure) {
        waitBefore(retry, policy, failure, retrying);
      }
    }
  }

  /// The same, for an action that returns nothing.
  void carryOut(RetryPolicy policy, Runnable action, Retrying retrying) {
    attempt(
        policy,
        () -> {
          action.run();
          return true;
        },
        retrying);
  }

  /// Waits as the policy says before the given retry, counted from 1.
  ///
  /// @throws TransientFailure the given one, when the policy allows no more, or the thread was
  ///   interrupted; its interrupt status is set then
  void waitBefore(int retry, RetryPolicy policy, TransientFailure failure, Retrying retrying) {
    if (!policy.allows(retry) || Thread.currentThread().isInterrupted()) {
      throw failure;
    }
    Duration delay = policy.delayBefore(retry, random);
    retrying.before(retry, delay, failure);
    try {
      pause.pause(delay);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      failure.addSuppressed(stopped);
      throw failure;
    }
  }
}
