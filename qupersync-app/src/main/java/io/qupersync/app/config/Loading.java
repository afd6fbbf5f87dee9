package io.qupersync.app.config;

import io.qupersync.app.config.document.ConfigProblem;
import java.util.List;

/// What came of reading the configuration.
public sealed interface Loading {

  /// It is complete and without a flaw.
  record Done(Configuration configuration) implements Loading {}

  /// Everything that is wrong with it, by position; at least one.
  record Refused(List<ConfigProblem> problems) implements Loading {
    public Refused {
      problems = List.copyOf(problems);
    }
  }
}
