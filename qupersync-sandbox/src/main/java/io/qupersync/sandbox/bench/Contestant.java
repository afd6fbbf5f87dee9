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

  /// Two relations that hold the same afterwards.
  record Copy(String atSource, String atTarget) {}

  /// Works to the end.
  interface Attempt {

    /// @return what QuperSync says of it, when it was QuperSync
    Optional<Told> once() throws Exception;
  }

  static Contestant qupersync(String name, String reads, Copy copy, Attempt attempt) {
    return new Contestant(name, reads, Optional.of(copy), attempt);
  }
}
