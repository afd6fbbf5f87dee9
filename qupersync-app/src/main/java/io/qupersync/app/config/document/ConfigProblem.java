package io.qupersync.app.config.document;

import java.util.Comparator;

/// One thing that is wrong with the configuration: where, what, and what to do about it. Never
/// holds a value that came through a reference such as `${NAME}`, which may be a secret.
public record ConfigProblem(SourceLocation place, String message)
    implements Comparable<ConfigProblem> {

  private static final Comparator<ConfigProblem> ORDER =
      Comparator.comparing(ConfigProblem::place).thenComparing(ConfigProblem::message);

  public ConfigProblem {
    message = message.strip().replaceAll("\\s+", " ");
  }

  @Override
  public int compareTo(ConfigProblem other) {
    return ORDER.compare(this, other);
  }

  /// As it is shown: one line, `file:line:column: message`.
  @Override
  public String toString() {
    return place + ": " + message;
  }
}
