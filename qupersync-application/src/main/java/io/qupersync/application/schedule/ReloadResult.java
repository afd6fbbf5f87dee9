package io.qupersync.application.schedule;

import java.util.List;

/// What came of reading the configuration again: all of it counts now, or none.
public sealed interface ReloadResult {

  /// @param jobs how many there are now
  record Done(int jobs) implements ReloadResult {}

  /// Nothing has changed.
  ///
  /// @param problems one line each: where, what, and what to do
  record Refused(List<String> problems) implements ReloadResult {
    public Refused {
      problems = List.copyOf(problems);
    }
  }
}
