package io.qupersync.sandbox.bench;

import java.util.List;
import java.util.Map;

/// What a bench came to.
///
/// @param titles of the works in the figures, in words
/// @param profiles of some works, when they were wanted
/// @param setting the databases and the machine, in words
/// @param wrong copies that differ from their source, in words
public record BenchResult(
    List<Goal> goals,
    List<Figure> figures,
    Map<String, String> titles,
    List<Profile> profiles,
    String setting,
    List<String> wrong) {

  public BenchResult {
    goals = List.copyOf(goals);
    figures = List.copyOf(figures);
    titles = Map.copyOf(titles);
    profiles = List.copyOf(profiles);
    wrong = List.copyOf(wrong);
  }

  public boolean passed() {
    return wrong.isEmpty() && goals.stream().allMatch(Goal::met);
  }
}
