package io.qupersync.domain.job;

/// What a job does when its source has other columns than its target.
public enum SchemaPolicy {
  /// Adds new columns to the target and widens a type that has become too narrow.
  EVOLVE,
  /// Leaves new source columns behind and the target as it is.
  IGNORE,
  /// Stops before the first row.
  STRICT
}
