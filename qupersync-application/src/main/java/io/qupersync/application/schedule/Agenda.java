package io.qupersync.application.schedule;

import io.qupersync.application.port.ScheduleStore;
import io.qupersync.application.port.ScheduleStore.Board;
import io.qupersync.application.port.ScheduleStore.Standing;
import io.qupersync.application.port.ScheduleStore.Taken;
import io.qupersync.domain.job.FlavoredJob;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.JobRegistry;
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
final class Agenda {

  private final ScheduleStore store;
  private final DueTimes times;

  /// The schedules that this instance has put into force: where another instance, whose file says
  /// something else, does likewise, neither undoes the other's word for ever.
  private final Map<JobId, Schedule> announced = new HashMap<>();

  Agenda(ScheduleStore store, DueTimes times) {
    this.store = store;
    this.times = times;
  }

  static Schedule inForce(FlavoredJob job, Standing standing) {
    return standing.changed().map(ScheduleChange::schedule).orElse(job.schedule());
  }

  /// Whether it is known when the job runs: by what someone decided, or by the kind of Redshift
  /// there is.
  static boolean isDecided(FlavoredJob job, Standing standing) {
    return standing.changed().isPresent() || !job.scheduleDependsOnFlavor();
  }

  /// Plans the jobs that are new or have a new schedule.
  void plan(JobRegistry jobs, Board board) {
    announced.keySet().retainAll(keys(jobs));
    for (FlavoredJob job : jobs.all()) {
      Standing standing = board.of(job.id());
      if (isDecided(job, standing)) {
        Schedule schedule = inForce(job, standing);
        Optional<Instant> first = times.first(schedule, standing.due(), board.now());
        plan(job.id(), schedule, standing, first, board.now());
      }
      job.fullSchedule()
          .ifPresent(full -> {
            JobId key = FlavoredJob.fullRunsOf(job.id());
            Standing ofFull = board.of(key);
            plan(key, full, ofFull, times.firstFull(full, ofFull.due(), board.now()), board.now());
          });
    }
  }

  private static Set<JobId> keys(JobRegistry jobs) {
    return jobs.all().stream()
        .flatMap(job ->
            Stream.concat(
                Stream.of(job.id()),
                job.fullSchedule().map(_ -> FlavoredJob.fullRunsOf(job.id())).stream()))
        .collect(Collectors.toSet());
  }

  private void plan(
      JobId key, Schedule schedule, Standing standing, Optional<Instant> first, Instant now) {
    if (standing.plan().equals(Optional.of(schedule))) {
      announced.put(key, schedule);
      bringBack(key, schedule, standing, now);
    } else if (!schedule.equals(announced.get(key))) {
      if (store.plan(key, standing.due(), schedule, first)) {
        announced.put(key, schedule);
      }
    }
  }

  private void bringBack(JobId job, Schedule schedule, Standing standing, Instant now) {
    if (standing.taken() == Taken.NOT) {
      standing
          .due()
          .flatMap(due -> times.tooFar(schedule, due, now))
          .ifPresent(near -> store.plan(job, standing.due(), schedule, Optional.of(near)));
    }
  }

  /// What is due and could begin, in order of time.
  List<DueRun> due(JobRegistry jobs, Board board) {
    return jobs.all().stream()
        .flatMap(job -> dueFull(job, board).or(() -> due(job, board)).stream())
        .sorted(Comparator.comparing(DueRun::start).thenComparing(DueRun::id))
        .toList();
  }

  /// A full run comes before an ordinary one that is due as well, which it makes needless.
  private static Optional<DueRun> dueFull(FlavoredJob job, Board board) {
    Standing ordinary = board.of(job.id());
    if (ordinary.paused().isPresent()
        || ordinary.running().isPresent()
        || ordinary.taken() == Taken.TAKEN) {
      return Optional.empty();
    }
    Standing standing = board.of(FlavoredJob.fullRunsOf(job.id()));
    return job.fullSchedule()
        .filter(_ -> standing.taken() != Taken.TAKEN)
        .flatMap(schedule ->
            standing
                .due()
                .map(due -> run(job, DueRun.Reads.EVERYTHING, schedule, standing, due, ordinary)))
        .filter(run -> !run.start().isAfter(board.now()));
  }

  private static Optional<DueRun> due(FlavoredJob job, Board board) {
    Standing standing = board.of(job.id());
    if (job.fullSchedule().isPresent()
        && board.of(FlavoredJob.fullRunsOf(job.id())).taken() == Taken.TAKEN) {
      return Optional.empty();
    }
    if (!isDecided(job, standing)
        || standing.paused().isPresent()
        || standing.running().isPresent()
        || standing.taken() == Taken.TAKEN) {
      return Optional.empty();
    }
    Schedule schedule = inForce(job, standing);
    return standing
        .due()
        .map(due -> run(job, DueRun.Reads.WHAT_IS_NEW, schedule, standing, due, standing))
        .filter(run -> !run.start().isAfter(board.now()));
  }

  /// @param lease how the job stands, by whichever schedule it runs
  private static DueRun run(
      FlavoredJob job,
      DueRun.Reads reads,
      Schedule schedule,
      Standing standing,
      Instant due,
      Standing lease) {
    Instant start = schedule.start(job.id(), due);
    Instant ready = lease.freeSince().filter(start::isBefore).orElse(start);
    return new DueRun(job, reads, schedule, standing, due, start, ready);
  }
}
