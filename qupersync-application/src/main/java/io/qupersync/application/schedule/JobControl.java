package io.qupersync.application.schedule;

import io.qupersync.application.port.ScheduleStore;
import io.qupersync.application.port.ScheduleStore.JobSchedule;
import io.qupersync.application.port.ScheduleStore.ScheduleSnapshot;
import io.qupersync.application.port.Timetable;
import io.qupersync.application.sync.JobDefinitions;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.domain.job.ManualOverride;
import io.qupersync.domain.job.Schedule;
import io.qupersync.domain.job.ScheduleChange;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What people decide about when a job runs. It holds for all instances, outlives them, and wins
/// over the file. Runs under way are left alone.
///
/// Every method throws [IllegalArgumentException] when there is no such job.
public final class JobControl {

  private static final Logger LOG = LoggerFactory.getLogger(JobControl.class);

  private final JobDefinitions jobs;
  private final ScheduleStore store;
  private final Timetable timetable;
  private final DueTimes times;

  public JobControl(JobDefinitions jobs, ScheduleStore store, Timetable timetable) {
    this.jobs = jobs;
    this.store = store;
    this.timetable = timetable;
    this.times = new DueTimes(timetable);
  }

  /// From now on the job runs only when asked.
  public void pause(JobId job, String by) {
    JobVariants known = jobs.require(job);
    store.pause(known.id(), new ManualOverride(by, store.now()));
    LOG.info("job={} paused by {}", job, by);
  }

  /// From now on the job runs by its schedule again: at once, when it runs every so often and would
  /// have run meanwhile; else at its next time. Nothing happens to a job that is not paused.
  public void resume(JobId job, String by) {
    JobVariants known = jobs.require(job);
    if (!store.resume(job)) {
      return;
    }
    LOG.info("job={} resumed by {}", job, by);
    ScheduleSnapshot scheduleSnapshot = store.look();
    JobSchedule jobSchedule = scheduleSnapshot.of(job);
    Schedule schedule = SchedulePlanner.inForce(known, jobSchedule);
    Optional<Instant> due = jobSchedule.due().filter(at -> !at.isAfter(scheduleSnapshot.now()));
    if (due.isPresent()) {
      boolean _ =
          store.plan(job, due, schedule, times.afterPause(schedule, scheduleSnapshot.now()));
    }
  }

  /// From now on this schedule counts, and not the file's.
  ///
  /// @throws IllegalArgumentException when the schedule can never come, or follows other jobs and
  ///   the job names none
  public void changeSchedule(JobId job, Schedule schedule, String by) {
    JobVariants known = jobs.require(job);
    Instant now = store.now();
    if (schedule instanceof Schedule.Following && known.after().isEmpty()) {
      throw new IllegalArgumentException("job '%s' comes after no other job".formatted(job));
    }
    if (schedule instanceof Schedule.Cron cron && timetable.next(cron, now).isEmpty()) {
      throw new IllegalArgumentException(
          "'%s' names a date that never comes".formatted(cron.expression()));
    }
    store.change(job, new ScheduleChange(schedule, new ManualOverride(by, now)));
    planBy(schedule, job);
    LOG.info("job={} schedule changed by {}: {}", job, by, schedule);
  }

  /// At once, so that whoever decides sees when the job runs next. A run that has begun is left
  /// alone: the scheduler plans after its end.
  private void planBy(Schedule schedule, JobId job) {
    ScheduleSnapshot scheduleSnapshot = store.look();
    Optional<Instant> due = scheduleSnapshot.of(job).due();
    boolean _ = store.plan(job, due, schedule, times.first(schedule, due, scheduleSnapshot.now()));
  }

  /// From now on the file's schedule counts again.
  public void restoreSchedule(JobId job, String by) {
    JobVariants known = jobs.require(job);
    if (store.restore(known.id())) {
      if (!known.scheduleDependsOnFlavor()) {
        planBy(known.schedule(), job);
      }
      LOG.info("job={} schedule restored by {}", job, by);
    }
  }
}
