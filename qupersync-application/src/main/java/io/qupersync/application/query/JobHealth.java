package io.qupersync.application.query;

/// What someone who looks after jobs wants to know first.
public enum JobHealth {
  OK,
  /// Its run is due for more than a minute and has not begun.
  LATE,
  /// Its last run did not end well.
  FAILING,
  RUNNING,
  PAUSED,
  NEVER_RAN
}
