package io.qupersync.sandbox.bench;

import java.util.Optional;

/// One way to do a piece of work.
///
/// @param reads the rows that it reads, as a table of the source or a query in parentheses
/// @param brings what it leaves behind; empty when it only reads
/// @param attempt doing it, once
record Contestant(String name, String reads, Optional<Copy> brings, Attempt attempt) {

  /// The name of the one that all others are there for.
  static final String QUPERSYNC = "QuperSync";

  /// Another build of it.
  static final String OTHER = "QuperSync, other build";

  /// Two relations that hold the same afterwards.
  record Copy(String atSource, String atTarget) {}

  /// Works to the end.
  interface Attempt {

    /// @return what QuperSync says of it, when it was QuperSync
    Optional<ReportedCounts> once() throws Exception;
  }

  Contestant named(String other) {
    return new Contestant(other, reads, brings, attempt);
  }

  static Contestant qupersync(String name, String reads, Copy copy, Attempt attempt) {
    return new Contestant(name, reads, Optional.of(copy), attempt);
  }
}
