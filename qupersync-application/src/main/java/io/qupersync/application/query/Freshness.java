package io.qupersync.application.query;

import io.qupersync.application.port.ScheduleStore;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.domain.job.Schedule;
import io.qupersync.domain.job.ScheduleChange;
import java.time.Duration;
import java.util.Optional;

/// How long after its last success a job counts as stale, where it does not say so itself: after
/// three intervals, but not before a quarter of an hour, in which the retries of a short outage
/// have room. A cron schedule has no interval to go by; nobody expects a manual job to run, nor one
/// that is paused.
final class Freshness {

  private static final int INTERVALS = 3;
  private static final Duration LEAST = Duration.ofMinutes(15);

  private Freshness() {}

  static Optional<Duration> of(JobVariants job, ScheduleStore.JobSchedule jobSchedule) {
    if (jobSchedule.paused().isPresent()) {
      return Optional.empty();
    }
    Schedule inForce = jobSchedule.changed().map(ScheduleChange::schedule).orElse(job.schedule());
    return job.freshness().or(() -> bySchedule(inForce));
  }

  private static Optional<Duration> bySchedule(Schedule schedule) {
    return switch (schedule) {
      case Schedule.Every(Duration interval, Duration jitter) -> {
        Duration several = interval.multipliedBy(INTERVALS).plus(jitter);
        yield Optional.of(several.compareTo(LEAST) < 0 ? LEAST : several);
      }
      case Schedule.Cron _, Schedule.Manual _, Schedule.Following _ -> Optional.empty();
    };
  }
}
