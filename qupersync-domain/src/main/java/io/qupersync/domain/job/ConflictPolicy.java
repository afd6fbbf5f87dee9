package io.qupersync.domain.job;

/// What happens when a row's key is already in the target.
public sealed interface ConflictPolicy {

  /// The source's values replace the target's.
  record SourceWins() implements ConflictPolicy {}

  /// The target's row stays as it is.
  record TargetWins() implements ConflictPolicy {}

  /// The row with the higher value in `column` wins; on a tie, and against NULL in the target, the
  /// source does.
  record LatestWins(String column) implements ConflictPolicy {}

  /// The source's values replace the target's where they are not NULL; a NULL keeps what the target
  /// has.
  record Merge() implements ConflictPolicy {}
}
