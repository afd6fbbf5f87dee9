package io.qupersync.interfaces.http.page;

import io.qupersync.interfaces.http.view.JobView;
import io.qupersync.interfaces.http.view.RunView;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/// What one sees of a job at a glance.
///
/// @param health `failing`, `late`, `incomplete`, `running`, `ok`, `paused` or `never_ran`
/// @param reason why it needs somebody
/// @param running the run under way
record JobCard(
    JobView job,
    String health,
    Optional<String> reason,
    Optional<RunView> running,
    Optional<Instant> nextRun,
    boolean paused) {

  static final Comparator<JobCard> WORST_FIRST =
      Comparator.comparingInt(JobCard::rank).thenComparing(JobCard::id);

  static JobCard of(JobView job) {
    return new JobCard(job, job.health(), job.reason(), job.running(), job.nextRun(), job.paused());
  }

  String id() {
    return job.id();
  }

  /// The reason without the step that failed.
  Optional<String> cause() {
    return job.cause();
  }

  boolean needsAttention() {
    return rank() < 3;
  }

  /// What only lasts as long as a run does not change a job's place.
  private int rank() {
    return switch (health) {
      case "failing" -> 0;
      case "late" -> 1;
      case "incomplete" -> 2;
      default -> 3;
    };
  }
}
