package io.qupersync.app.config;

import io.qupersync.domain.job.FlavoredJob;
import io.qupersync.domain.job.JobId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Checks that each job comes `after` jobs that there are, and none after itself.
final class Succession {

  private final Set<String> names;
  private final Function<String, Optional<Section>> definitions;

  /// @param names of all jobs that are defined, disabled ones too
  /// @param definitions where a job is written
  Succession(Set<String> names, Function<String, Optional<Section>> definitions) {
    this.names = names;
    this.definitions = definitions;
  }

  void check(Collection<FlavoredJob> jobs) {
    Map<JobId, FlavoredJob> known =
        jobs.stream().collect(Collectors.toMap(FlavoredJob::id, job -> job));
    for (FlavoredJob job : jobs) {
      job.after().stream()
          .filter(other -> !known.containsKey(other))
          .forEach(other -> problem(job, missing(other)));
      circle(job, known).ifPresent(circle -> problem(job, circle));
    }
  }

  private void problem(FlavoredJob job, String message) {
    definitions
        .apply(job.id().value())
        .ifPresent(section -> section.problem(section.placeOf("after"), message));
  }

  private String missing(JobId other) {
    return names.contains(other.value())
        ? "job '%s' does not run: it is disabled, or has problems".formatted(other)
        : "there is no job '%s'".formatted(other)
            + Nearest.to(other.value(), names).map("; did you mean '%s'?"::formatted).orElse("");
  }

  private static Optional<String> circle(FlavoredJob job, Map<JobId, FlavoredJob> known) {
    return path(job.id(), job, known, List.of())
        .map(path ->
            "after leads back to the job itself: %s; take one of them out"
                .formatted(
                    path.stream().map(JobId::toString).collect(Collectors.joining(" after "))));
  }

  /// The way from a job along `after` to the goal.
  private static Optional<List<JobId>> path(
      JobId goal, FlavoredJob from, Map<JobId, FlavoredJob> known, List<JobId> way) {
    if (way.contains(from.id())) {
      return Optional.empty();
    }
    List<JobId> longer = plus(way, from.id());
    for (JobId next : from.after()) {
      if (next.equals(goal)) {
        return Optional.of(plus(longer, goal));
      }
      FlavoredJob job = known.get(next);
      Optional<List<JobId>> found = job == null ? Optional.empty() : path(goal, job, known, longer);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static List<JobId> plus(List<JobId> way, JobId next) {
    var longer = new ArrayList<>(way);
    longer.add(next);
    return longer;
  }
}
