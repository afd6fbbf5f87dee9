package io.qupersync.application.schedule;

import io.qupersync.application.port.ScheduleStore.Standing;
import io.qupersync.application.port.ScheduleStore.Taken;
import io.qupersync.domain.job.FlavoredJob;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.Schedule;
import java.time.Duration;
import java.time.Instant;

/// A run whose time has come.
///
/// @param due by the job's schedule
/// @param start when it was to begin, which jitter may put later
/// @param ready since when nothing but a free place keeps it from beginning
record DueRun(
    FlavoredJob job,
    Schedule schedule,
    Standing standing,
    Instant due,
    Instant start,
    Instant ready) {

  JobId id() {
    return job.id();
  }

  /// It began before, in a process that died: it begins again, whatever the time is.
  boolean isInterrupted() {
    return standing.taken() == Taken.LOST;
  }

  Duration lateness(Instant now) {
    return Duration.between(ready, now);
  }

  DueRun readyFrom(Instant then) {
    return then.isAfter(ready) ? new DueRun(job, schedule, standing, due, start, then) : this;
  }
}
