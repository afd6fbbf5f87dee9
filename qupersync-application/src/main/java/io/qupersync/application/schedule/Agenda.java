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
    return standing.changed().map(ScheduleChange::schedule).orElse(job.provisioned().schedule());
  }

  /// Whether it is known when the job runs: by what someone decided, or by the kind of Redshift
  /// there is.
  static boolean isDecided(FlavoredJob job, Standing standing) {
    return standing.changed().isPresent() || !job.scheduleDependsOnFlavor();
  }

  /// Plans the jobs that are new or have a new schedule.
  void plan(JobRegistry jobs, Board board) {
    announced.keySet().removeIf(job -> jobs.find(job).isEmpty());
    for (FlavoredJob job : jobs.all()) {
      Standing standing = board.of(job.id());
      if (isDecided(job, standing)) {
        plan(job, standing, board.now());
      }
    }
  }

  private void plan(FlavoredJob job, Standing standing, Instant now) {
    Schedule schedule = inForce(job, standing);
    if (standing.plan().equals(Optional.of(schedule))) {
      announced.put(job.id(), schedule);
      bringBack(job.id(), schedule, standing, now);
    } else if (!schedule.equals(announced.get(job.id()))) {
      Optional<Instant> first = times.first(schedule, standing.due(), now);
      if (store.plan(job.id(), standing.due(), schedule, first)) {
        announced.put(job.id(), schedule);
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
        .flatMap(job -> due(job, board).stream())
        .sorted(Comparator.comparing(DueRun::start).thenComparing(DueRun::id))
        .toList();
  }

  private static Optional<DueRun> due(FlavoredJob job, Board board) {
    Standing standing = board.of(job.id());
    if (!isDecided(job, standing)
        || standing.paused().isPresent()
        || standing.running().isPresent()
        || standing.taken() == Taken.TAKEN) {
      return Optional.empty();
    }
    Schedule schedule = inForce(job, standing);
    return standing
        .due()
        .map(due -> run(job, schedule, standing, due))
        .filter(run -> !run.start().isAfter(board.now()));
  }

  private static DueRun run(FlavoredJob job, Schedule schedule, Standing standing, Instant due) {
    Instant start = schedule.start(job.id(), due);
    Instant ready = standing.freeSince().filter(start::isBefore).orElse(start);
    return new DueRun(job, schedule, standing, due, start, ready);
  }
}
