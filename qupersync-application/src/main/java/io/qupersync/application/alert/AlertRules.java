package io.qupersync.application.alert;

import io.qupersync.application.query.JobVitals;
import io.qupersync.domain.alert.Alarm;
import io.qupersync.domain.alert.AlertKind;
import io.qupersync.domain.run.RunStatus;
import io.qupersync.domain.run.ShellCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What is wrong, as one channel wants to see it.
final class AlertRules {

  private final AlertSettings settings;

  AlertRules(AlertSettings settings) {
    this.settings = settings;
  }

  /// All that is wrong with the job at `now`.
  List<Alarm> alarms(JobVitals job, Instant now) {
    return Stream.of(failed(job), stale(job, now), rejected(job), expiring(job, now))
        .flatMap(Optional::stream)
        .filter(alarm -> settings.kinds().contains(alarm.kind()))
        .toList();
  }

  /// A run that was cancelled, or whose process died, is no answer: what was true before it stays
  /// true.
  private static Optional<Alarm> failed(JobVitals job) {
    return job.standing()
        .decided()
        .filter(run -> run.status() == RunStatus.FAILED)
        .map(run ->
            new Alarm(
                job.id(),
                AlertKind.FAILED,
                run.error().orElse("the run failed"),
                Optional.of(run.id())));
  }

  private static Optional<Alarm> stale(JobVitals job, Instant now) {
    return job.freshness()
        .filter(fresh -> job.lastSuccess().map(at -> now.isAfter(at.plus(fresh))).orElse(true))
        .map(fresh -> new Alarm(job.id(), AlertKind.STALE, staleness(job, fresh)));
  }

  private static String staleness(JobVitals job, Duration freshness) {
    String last =
        job.lastSuccess()
            .map(at -> "no run has succeeded since %s".formatted(DurationText.of(at)))
            .orElse("no run has ever succeeded");
    return "%s, and the job counts as stale after %s; see %s"
        .formatted(
            last, DurationText.of(freshness), ShellCommand.of("runs", "--job", job.id().value()));
  }

  private Optional<Alarm> rejected(JobVitals job) {
    long waiting = job.standing().deadLetters();
    return Optional.of(waiting)
        .filter(rows -> rows > settings.rejectedOver())
        .map(rows ->
            new Alarm(
                job.id(),
                AlertKind.REJECTED,
                "%d rejected %s; see %s, then replay or discard them"
                    .formatted(
                        rows,
                        rows == 1 ? "row waits" : "rows wait",
                        ShellCommand.of("dead-letters", "list", job.id().value()))));
  }

  private Optional<Alarm> expiring(JobVitals job, Instant now) {
    return job.retentionLeft(now)
        .filter(left -> left.compareTo(settings.expiringWithin()) < 0)
        .map(left -> new Alarm(job.id(), AlertKind.EXPIRING, expiry(left)));
  }

  private static String expiry(Duration left) {
    return left.isPositive()
        ? "the source forgets rows that were not read in %s; let a run succeed before"
            .formatted(DurationText.of(left))
        : "the source may have forgotten rows that were not read, for %s already; let a run succeed"
            .formatted(DurationText.of(left.negated()));
  }
}
