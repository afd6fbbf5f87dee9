package io.qupersync.application.sync;

import io.qupersync.domain.run.RunId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The runs under way in this process. Safe for use by many threads.
final class ActiveRuns {

  private final Map<RunId, RunGuard> guards = new ConcurrentHashMap<>();
  private volatile boolean stopping;

  void add(RunId run, RunGuard guard) {
    guards.put(run, guard);
    if (stopping) {
      guard.stop(RunGuard.StopReason.CANCELLED);
    }
  }

  void remove(RunId run) {
    guards.remove(run);
  }

  boolean cancel(RunId run) {
    RunGuard guard = guards.get(run);
    if (guard == null) {
      return false;
    }
    guard.stop(RunGuard.StopReason.CANCELLED);
    return true;
  }

  void cancelAll() {
    guards.values().forEach(guard -> guard.stop(RunGuard.StopReason.CANCELLED));
  }

  boolean takesNone() {
    return stopping;
  }

  /// Also those that are about to begin.
  void cancelAllForGood() {
    stopping = true;
    cancelAll();
  }
}
