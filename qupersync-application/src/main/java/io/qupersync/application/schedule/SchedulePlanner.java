package io.qupersync.application.schedule;

import io.qupersync.application.port.ScheduleStore;
import io.qupersync.application.port.ScheduleStore.JobSchedule;
import io.qupersync.application.port.ScheduleStore.ScheduleSnapshot;
import io.qupersync.application.port.ScheduleStore.Taken;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.JobRegistry;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.domain.job.Schedule;
import io.qupersync.domain.job.ScheduleChange;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Keeps the plans of all jobs in step with their schedules, and finds what is due. Used by one
/// thread.
final class SchedulePlanner {

  private final ScheduleStore store;
  private final DueTimes times;

  /// The schedules that this instance has put into force: where another instance, whose file says
  /// something else, does likewise, neither undoes the other's word for ever.
  private final Map<JobId, Schedule> announced = new HashMap<>();

  SchedulePlanner(ScheduleStore store, DueTimes times) {
    this.store = store;
    this.times = times;
  }

  static Schedule inForce(JobVariants job, JobSchedule jobSchedule) {
    return jobSchedule.changed().map(ScheduleChange::schedule).orElse(job.schedule());
  }

  /// Whether it is known when the job runs: by what someone decided, or by the kind of Redshift
  /// there is.
  static boolean isDecided(JobVariants job, JobSchedule jobSchedule) {
    return jobSchedule.changed().isPresent() || !job.scheduleDependsOnFlavor();
  }

  /// Plans the jobs that are new or have a new schedule.
  void plan(JobRegistry jobs, ScheduleSnapshot scheduleSnapshot) {
    announced.keySet().retainAll(keys(jobs));
    for (JobVariants job : jobs.all()) {
      JobSchedule jobSchedule = scheduleSnapshot.of(job.id());
      if (isDecided(job, jobSchedule)) {
        Schedule schedule = inForce(job, jobSchedule);
        Optional<Instant> first = times.first(schedule, jobSchedule.due(), scheduleSnapshot.now());
        plan(job.id(), schedule, jobSchedule, first, scheduleSnapshot.now());
      }
      job.fullSchedule()
          .ifPresent(full -> {
            JobId key = JobVariants.fullRunsOf(job.id());
            JobSchedule ofFull = scheduleSnapshot.of(key);
            plan(
                key,
                full,
                ofFull,
                times.firstFull(full, ofFull.due(), scheduleSnapshot.now()),
                scheduleSnapshot.now());
          });
    }
  }

  private static Set<JobId> keys(JobRegistry jobs) {
    return jobs.all().stream()
        .flatMap(job ->
            Stream.concat(
                Stream.of(job.id()),
                job.fullSchedule().map(_ -> JobVariants.fullRunsOf(job.id())).stream()))
        .collect(Collectors.toSet());
  }

  private void plan(
      JobId key, Schedule schedule, JobSchedule jobSchedule, Optional<Instant> first, Instant now) {
    if (jobSchedule.plan().equals(Optional.of(schedule))) {
      announced.put(key, schedule);
      bringBack(key, schedule, jobSchedule, now);
    } else if (!schedule.equals(announced.get(key))) {
      if (store.plan(key, jobSchedule.due(), schedule, first)) {
        announced.put(key, schedule);
      }
    }
  }

  private void bringBack(JobId job, Schedule schedule, JobSchedule jobSchedule, Instant now) {
    if (jobSchedule.taken() == Taken.NOT) {
      jobSchedule
          .due()
          .flatMap(due -> times.tooFar(schedule, due, now))
          .ifPresent(near -> store.plan(job, jobSchedule.due(), schedule, Optional.of(near)));
    }
  }

  /// What is due and could begin, in order of time.
  List<DueRun> due(JobRegistry jobs, ScheduleSnapshot scheduleSnapshot) {
    return jobs.all().stream()
        .flatMap(
            job -> dueFull(job, scheduleSnapshot).or(() -> due(job, scheduleSnapshot)).stream())
        .sorted(Comparator.comparing(DueRun::start).thenComparing(DueRun::id))
        .toList();
  }

  /// A full run comes before an ordinary one that is due as well, which it makes needless.
  private static Optional<DueRun> dueFull(JobVariants job, ScheduleSnapshot scheduleSnapshot) {
    JobSchedule ordinary = scheduleSnapshot.of(job.id());
    if (ordinary.paused().isPresent()
        || ordinary.running().isPresent()
        || ordinary.taken() == Taken.TAKEN) {
      return Optional.empty();
    }
    JobSchedule jobSchedule = scheduleSnapshot.of(JobVariants.fullRunsOf(job.id()));
    return job.fullSchedule()
        .filter(_ -> jobSchedule.taken() != Taken.TAKEN)
        .flatMap(schedule ->
            jobSchedule
                .due()
                .map(
                    due -> run(job, DueRun.Reads.EVERYTHING, schedule, jobSchedule, due, ordinary)))
        .filter(run -> !run.start().isAfter(scheduleSnapshot.now()));
  }

  private static Optional<DueRun> due(JobVariants job, ScheduleSnapshot scheduleSnapshot) {
    JobSchedule jobSchedule = scheduleSnapshot.of(job.id());
    if (job.fullSchedule().isPresent()
        && scheduleSnapshot.of(JobVariants.fullRunsOf(job.id())).taken() == Taken.TAKEN) {
      return Optional.empty();
    }
    if (!isDecided(job, jobSchedule)
        || jobSchedule.paused().isPresent()
        || jobSchedule.running().isPresent()
        || jobSchedule.taken() == Taken.TAKEN) {
      return Optional.empty();
    }
    Schedule schedule = inForce(job, jobSchedule);
    return jobSchedule
        .due()
        .map(due -> run(job, DueRun.Reads.WHAT_IS_NEW, schedule, jobSchedule, due, jobSchedule))
        .filter(run -> !run.start().isAfter(scheduleSnapshot.now()));
  }

  /// @param lease how the job stands, by whichever schedule it runs
  private static DueRun run(
      JobVariants job,
      DueRun.Reads reads,
      Schedule schedule,
      JobSchedule jobSchedule,
      Instant due,
      JobSchedule lease) {
    Instant start = schedule.start(job.id(), due);
    Instant ready = lease.freeSince().filter(start::isBefore).orElse(start);
    return new DueRun(job, reads, schedule, jobSchedule, due, start, ready);
  }
}
