package io.qupersync.domain.mapping;

import io.qupersync.domain.run.FailureKind;
import java.util.List;

/// A job's rules do not fit its source or target; holds every problem found, one line each.
public final class MappingProblem extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final FailureKind kind;
  private final transient List<String> problems;

  /// @param kind `USAGE` when the job says what can never be right, else `DEFINITION`
  public MappingProblem(FailureKind kind, List<String> problems) {
    super(String.join("; ", problems));
    this.kind = kind;
    this.problems = List.copyOf(problems);
  }

  public FailureKind kind() {
    return kind;
  }

  public List<String> problems() {
    return problems;
  }
}
