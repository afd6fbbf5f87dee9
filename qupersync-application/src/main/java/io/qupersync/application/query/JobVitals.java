package io.qupersync.application.query;

import io.qupersync.application.port.JobStates.JobState;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.JobVariants;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A job and what tells whether it is well.
///
/// @param freshness how long after its last success it counts as stale; empty for a job that nobody
///   expects to run
/// @param isRunning whether a run is under way, on whichever instance
public record JobVitals(
    JobVariants job, Optional<Duration> freshness, boolean isRunning, JobState standing) {

  public JobId id() {
    return job.id();
  }

  public Optional<Instant> lastSuccess() {
    return standing.progress().lastSync();
  }

  /// How far the watermark lies behind `now`; empty without a watermark of time. It grows while the
  /// source has nothing new, too.
  public Optional<Duration> lag(Instant now) {
    return watermark().map(mark -> notNegative(Duration.between(mark, now)));
  }

  /// How long until the source forgets rows that were not read; negative when it may have forgotten
  /// some. Empty when it forgets nothing, or the job has not read anything yet.
  ///
  /// A quiet source does not move the watermark, but a run that found nothing new has read all that
  /// was there when it began, which is at most its timeout before it ended.
  public Optional<Duration> retentionLeft(Instant now) {
    Duration timeout = job.longestTimeout();
    Optional<Instant> lookedAt = lastSuccess().map(ended -> ended.minus(timeout));
    Optional<Instant> unreadSince =
        watermark().map(mark -> lookedAt.filter(mark::isBefore).orElse(mark));
    return job.retention()
        .flatMap(kept ->
            unreadSince.map(since -> kept.minus(notNegative(Duration.between(since, now)))));
  }

  private Optional<Instant> watermark() {
    return standing.progress().watermark().flatMap(reached -> reached.first().instant());
  }

  private static Duration notNegative(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }
}
