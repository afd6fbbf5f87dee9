package io.qupersync.domain.run;

/// Whose fault a failure is, as far as a caller must know.
public enum FailureKind {
  /// A database could not be reached, or was lost and did not come back.
  UNREACHABLE,
  /// The source refused: a missing view, a lost privilege, a broken query.
  SOURCE,
  /// The target refused.
  TARGET,
  /// The job does not fit its source or its target.
  DEFINITION,
  /// What the job says, or what was asked for, can never be right: a lookback of five minutes on a
  /// number, an end of a backfill that is no value of the watermark.
  USAGE,
  /// More rows were rejected than the job allows.
  TOO_MANY_REJECTED,
  /// A mirror would have deleted more of its target than the job allows.
  TOO_MANY_DELETES,
  /// Another run holds the job's lease by now.
  LEASE_LOST,
  TIMEOUT,
  /// A defect in QuperSync.
  INTERNAL
}
