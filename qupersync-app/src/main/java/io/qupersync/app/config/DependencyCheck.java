package io.qupersync.app.config;

import io.qupersync.domain.job.JobId;
import io.qupersync.interfaces.text.Suggestion;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Checks that each job comes `after` jobs that there are, and none after itself.
final class DependencyCheck {

  private final Set<String> names;
  private final Function<String, Optional<Section>> definitions;

  /// @param names of all jobs that are defined, disabled ones too
  /// @param definitions where a job is written
  DependencyCheck(Set<String> names, Function<String, Optional<Section>> definitions) {
    this.names = names;
    this.definitions = definitions;
  }

  void check(Collection<JobRelations> jobs) {
    Map<JobId, JobRelations> known =
        jobs.stream().collect(Collectors.toMap(JobRelations::id, job -> job));
    for (JobRelations job : jobs) {
      job.after().stream()
          .filter(other -> !known.containsKey(other))
          .forEach(other -> problem(job, missing(other)));
      circle(job, known).ifPresent(circle -> problem(job, circle));
    }
  }

  private void problem(JobRelations job, String message) {
    definitions
        .apply(job.id().value())
        .ifPresent(section -> section.problem(section.placeOf("after"), message));
  }

  private String missing(JobId other) {
    return names.contains(other.value())
        ? "job '%s' does not run: it is disabled".formatted(other)
        : "there is no job '%s'".formatted(other)
            + Suggestion.of(other.value(), names).map("; did you mean '%s'?"::formatted).orElse("");
  }

  private static Optional<String> circle(JobRelations job, Map<JobId, JobRelations> known) {
    return wayBack(job, known)
        .map(way ->
            "after leads back to the job itself: %s; take one of them out"
                .formatted(
                    way.stream().map(JobId::toString).collect(Collectors.joining(" after "))));
  }

  /// The shortest way from a job along `after` to the job itself. Each job is looked at once,
  /// however many ways lead to it.
  private static Optional<List<JobId>> wayBack(JobRelations job, Map<JobId, JobRelations> known) {
    var reachedFrom = new HashMap<JobId, JobId>();
    var left = new ArrayDeque<>(List.of(job));
    while (!left.isEmpty()) {
      JobRelations here = left.remove();
      for (JobId next : here.after()) {
        if (next.equals(job.id())) {
          return Optional.of(way(job.id(), here.id(), reachedFrom));
        }
        JobRelations there = known.get(next);
        if (there != null && reachedFrom.putIfAbsent(next, here.id()) == null) {
          left.add(there);
        }
      }
    }
    return Optional.empty();
  }

  private static List<JobId> way(JobId goal, JobId last, Map<JobId, JobId> reachedFrom) {
    var way = new ArrayDeque<>(List.of(goal));
    for (JobId here = last; here != null && !here.equals(goal); here = reachedFrom.get(here)) {
      way.addFirst(here);
    }
    way.addFirst(goal);
    return List.copyOf(way);
  }
}
