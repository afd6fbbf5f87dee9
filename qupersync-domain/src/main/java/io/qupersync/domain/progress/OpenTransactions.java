package io.qupersync.domain.progress;

import java.time.Instant;

/// Which transactions of a source were open at one moment. A row that one of them has stamped, or
/// will, becomes visible only when it commits.
public sealed interface OpenTransactions {

  /// None that may write what the job reads.
  record None() implements OpenTransactions {}

  /// @param since when the oldest of them began
  /// @param who names it for people
  record Oldest(Instant since, String who) implements OpenTransactions {}

  /// @param why in words that follow "because"
  record CannotTell(String why) implements OpenTransactions {}
}
