package io.qupersync.sandbox.bench;

import java.util.List;

/// What a bench came to.
///
/// @param setting the databases and the machine, in words
/// @param wrong copies that differ from their source, in words
public record BenchResult(
    List<Goal> goals, List<Figure> figures, String setting, List<String> wrong) {

  public BenchResult {
    goals = List.copyOf(goals);
    figures = List.copyOf(figures);
    wrong = List.copyOf(wrong);
  }

  public boolean passed() {
    return wrong.isEmpty() && goals.stream().allMatch(Goal::met);
  }
}
