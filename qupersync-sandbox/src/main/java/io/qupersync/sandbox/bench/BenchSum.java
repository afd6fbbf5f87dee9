package io.qupersync.sandbox.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Gathers what all works come to.
final class BenchSum {

  private final List<Goal> goals = new ArrayList<>();
  private final List<Figure> figures = new ArrayList<>();
  private final Map<String, String> titles = new LinkedHashMap<>();
  private final List<Profile> profiles = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();

  void add(Measured measured, List<Goal> reached) {
    measured.series().forEach(one -> figures.add(Figure.of(measured.work(), one)));
    titles.put(measured.work(), "(%s) %s".formatted(measured.work(), measured.title()));
    goals.addAll(reached);
  }

  void add(Profile profile, List<Goal> reached) {
    profiles.add(profile);
    goals.addAll(reached);
  }

  /// A copy is not what it should be.
  void wrong(String what) {
    wrong.add(what);
  }

  BenchResult result(String setting) {
    var all = new ArrayList<>(goals);
    Goals.peakMemory(figures).ifPresent(all::add);
    return new BenchResult(all, figures, titles, profiles, setting, wrong);
  }
}
