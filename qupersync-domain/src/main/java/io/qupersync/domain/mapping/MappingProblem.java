package io.qupersync.domain.mapping;

import java.util.List;

/// A job's rules do not fit its source or target; holds every problem found, one line each.
public final class MappingProblem extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  public MappingProblem(List<String> problems) {
    super(String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  public List<String> problems() {
    return problems;
  }
}
