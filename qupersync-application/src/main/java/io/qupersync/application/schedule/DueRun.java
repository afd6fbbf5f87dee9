package io.qupersync.application.schedule;

import io.qupersync.application.port.ScheduleStore.JobSchedule;
import io.qupersync.application.port.ScheduleStore.Taken;
import io.qupersync.application.sync.RunRequest;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.domain.job.Schedule;
import io.qupersync.domain.run.Trigger;
import java.time.Duration;
import java.time.Instant;

/// A run whose time has come.
///
/// @param reads how much it reads
/// @param standing of the schedule by which it is due
/// @param due by the job's schedule
/// @param start when it was to begin, which jitter may put later
/// @param ready since when nothing but a free place keeps it from beginning
record DueRun(
    JobVariants job,
    Reads reads,
    Schedule schedule,
    JobSchedule standing,
    Instant due,
    Instant start,
    Instant ready) {

  /// By which of the job's two schedules it is due.
  enum Reads {
    WHAT_IS_NEW,
    EVERYTHING
  }

  JobId id() {
    return job.id();
  }

  /// Under which the store keeps when it is due.
  JobId key() {
    return switch (reads) {
      case WHAT_IS_NEW -> job.id();
      case EVERYTHING -> JobVariants.fullRunsOf(job.id());
    };
  }

  boolean isFull() {
    return reads == Reads.EVERYTHING;
  }

  RunRequest request() {
    return isFull()
        ? new RunRequest(id(), Trigger.SCHEDULE, new RunRequest.Scope.Full())
        : RunRequest.ordinary(id(), Trigger.SCHEDULE);
  }

  /// It began before, in a process that died: it begins again, whatever the time is.
  boolean isInterrupted() {
    return standing.taken() == Taken.LOST;
  }

  Duration lateness(Instant now) {
    return Duration.between(ready, now);
  }

  DueRun readyFrom(Instant then) {
    return then.isAfter(ready)
        ? new DueRun(job, reads, schedule, standing, due, start, then)
        : this;
  }
}
