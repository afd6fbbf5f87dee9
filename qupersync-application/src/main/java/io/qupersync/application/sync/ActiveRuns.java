package io.qupersync.application.sync;

import io.qupersync.domain.run.RunId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The runs under way in this process, from their lease to their last word. Safe for use by many
/// threads.
final class ActiveRuns {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<RunId> runs = new HashSet<>();
  private final Map<RunId, RunGuard> guards = new HashMap<>();

  void begun(RunId run) {
    locked(() -> runs.add(run));
  }

  void guardedBy(RunId run, RunGuard guard) {
    locked(() -> guards.put(run, guard));
  }

  void ended(RunId run) {
    locked(() -> {
      guards.remove(run);
      return runs.remove(run);
    });
  }

  boolean cancel(RunId run) {
    @Nullable RunGuard guard = locked(() -> guards.get(run));
    if (guard == null) {
      return false;
    }
    guard.stop(RunGuard.StopReason.CANCELLED);
    return true;
  }

  void cancelAll() {
    List<RunGuard> all = locked(() -> List.copyOf(guards.values()));
    all.forEach(guard -> guard.stop(RunGuard.StopReason.CANCELLED));
  }

  void awaitNone(long millis) throws InterruptedException {
    long left = TimeUnit.MILLISECONDS.toNanos(millis);
    lock.lockInterruptibly();
    try {
      while (!runs.isEmpty() && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private interface Change<T extends @Nullable Object> {
    T make();
  }

  private <T extends @Nullable Object> T locked(Change<T> change) {
    lock.lock();
    try {
      T result = change.make();
      changed.signalAll();
      return result;
    } finally {
      lock.unlock();
    }
  }
}
