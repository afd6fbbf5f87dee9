package io.qupersync.app.config;

import io.qupersync.app.config.document.ConfigProblem;
import java.util.List;

/// What came of reading the configuration.
public sealed interface LoadResult {

  /// It is complete and without a flaw.
  record Done(Configuration configuration) implements LoadResult {}

  /// Everything that is wrong with it, by position; at least one.
  record Refused(List<ConfigProblem> problems) implements LoadResult {
    public Refused {
      problems = List.copyOf(problems);
    }
  }
}
