package io.qupersync.application.query;

/// What someone who looks after jobs wants to know first.
public enum JobHealth {
  OK,
  /// Its run is due for more than a minute and has not begun.
  LATE,
  /// It failed, and no run has ended well since; the next one may be under way.
  FAILING,
  /// A run is under way, and it did not fail before.
  RUNNING,
  /// It runs, and its last run rejected rows: they are not in the target.
  INCOMPLETE,
  PAUSED,
  NEVER_RAN
}
