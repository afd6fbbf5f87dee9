package io.qupersync.interfaces.http.view;

import io.qupersync.application.query.ScheduleStatus;
import io.qupersync.domain.job.ManualOverride;
import io.qupersync.domain.job.Schedule;
import io.qupersync.interfaces.text.JobTexts;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/// When a job runs by itself: at an interval, by a cron expression, after other jobs, or only when
/// asked.
///
/// @param origin `file`, or `changed` by someone
/// @param text the same in words
public record ScheduleView(
    Optional<Long> everySeconds,
    Optional<String> cron,
    Optional<String> timezone,
    boolean manual,
    Optional<Long> jitterSeconds,
    String origin,
    Optional<String> changedBy,
    Optional<Instant> changedAt,
    String text) {

  public static ScheduleView of(ScheduleStatus status) {
    Schedule schedule = status.inForce();
    Optional<Duration> every =
        schedule instanceof Schedule.Every(Duration interval, _)
            ? Optional.of(interval)
            : Optional.empty();
    Optional<Schedule.Cron> cron =
        schedule instanceof Schedule.Cron times ? Optional.of(times) : Optional.empty();
    return new ScheduleView(
        every.map(Duration::toSeconds),
        cron.map(Schedule.Cron::expression),
        cron.map(Schedule.Cron::zone).map(ZoneId::getId),
        schedule instanceof Schedule.Manual,
        jitter(schedule).filter(Duration::isPositive).map(Duration::toSeconds),
        status.changed().isPresent() ? "changed" : "file",
        status.changed().map(ManualOverride::by),
        status.changed().map(ManualOverride::at),
        JobTexts.schedule(schedule));
  }

  private static Optional<Duration> jitter(Schedule schedule) {
    return switch (schedule) {
      case Schedule.Every(_, Duration jitter) -> Optional.of(jitter);
      case Schedule.Cron(_, _, Duration jitter) -> Optional.of(jitter);
      case Schedule.Manual _, Schedule.Following _ -> Optional.empty();
    };
  }
}
