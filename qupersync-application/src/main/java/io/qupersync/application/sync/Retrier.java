package io.qupersync.application.sync;

import io.qupersync.application.port.CommitsLost;
import io.qupersync.application.port.Pause;
import io.qupersync.application.port.TransientFailure;
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
  /// @throws CommitsLost at once: it is not the action that must be tried again
  /// @throws TransientFailure the last one, when the budget allows no more
  <T> T attempt(RetryBudget budget, Supplier<T> action, Retrying retrying) {
    int before = budget.spent();
    while (true) {
      try {
        T result = action.get();
        budget.giveBackTo(before);
        return result;
      } catch (CommitsLost lost) {
        throw lost;
      } catch (TransientFailure failure) {
        waitBefore(budget, failure, retrying);
      }
    }
  }

  /// The same, for an action that returns nothing.
  void carryOut(RetryBudget budget, Runnable action, Retrying retrying) {
    attempt(
        budget,
        () -> {
          action.run();
          return true;
        },
        retrying);
  }

  /// Waits before the next retry, which costs the budget one.
  ///
  /// @throws TransientFailure the given one, when the budget allows no more, or the thread was
  ///   interrupted; its interrupt status is set then
  void waitBefore(RetryBudget budget, TransientFailure failure, Retrying retrying) {
    if (!budget.allowsAnother() || Thread.currentThread().isInterrupted()) {
      throw failure;
    }
    int retry = budget.spend();
    Duration delay = budget.policy().delayBefore(retry, random);
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
