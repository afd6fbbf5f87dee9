package io.qupersync.app.config.document;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// Collects what is wrong, so that one look at the configuration tells all of it. The same problem,
/// met twice, counts once.
public final class Problems {

  private final SortedSet<ConfigProblem> found = new TreeSet<>();

  public void add(SourceLocation sourceLocation, String message) {
    found.add(new ConfigProblem(sourceLocation, message));
  }

  void add(ConfigProblem problem) {
    found.add(problem);
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  /// By position.
  public List<ConfigProblem> all() {
    return List.copyOf(found);
  }
}
