package io.qupersync.domain.job;

/// How a job reads its source and what it may do to its target.
public enum SyncMode {
  /// Reads from the watermark on, inserts and updates by key.
  INCREMENTAL,
  /// Reads everything at every run, inserts and updates by key. Has no watermark.
  UPSERT,
  /// Reads everything, inserts and updates by key, deletes what the source no longer has.
  MIRROR,
  /// Inserts rows whose key is new and never touches a row that is already there.
  APPEND
}
