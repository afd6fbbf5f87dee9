package io.qupersync.application.schedule;

import io.qupersync.application.port.RunLog;
import io.qupersync.application.port.ScheduleStore;
import io.qupersync.application.port.ScheduleStore.JobSchedule;
import io.qupersync.application.port.ScheduleStore.ScheduleSnapshot;
import io.qupersync.application.port.ScheduleStore.Taken;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.JobRegistry;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.domain.job.Schedule;
import io.qupersync.domain.run.RunStatus;
import io.qupersync.domain.run.SyncRun;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Holds jobs back until the jobs they come after are done, and finds those that follow others.
/// Used by one thread.
final class JobDependencies {

  private final ScheduleStore store;
  private final RunLog runs;

  /// When the jobs that a follower looks at had their last runs, at the last look: the run log need
  /// not be read again before one of these changes.
  private final Map<JobId, List<Optional<Instant>>> seen = new HashMap<>();

  JobDependencies(ScheduleStore store, RunLog runs) {
    this.store = store;
    this.runs = runs;
  }

  /// Makes due what follows jobs that have all ended well since it last began.
  void planFollowers(JobRegistry jobs, ScheduleSnapshot scheduleSnapshot) {
    seen.keySet().removeIf(job -> jobs.find(job).isEmpty());
    for (JobVariants job : jobs.all()) {
      JobSchedule jobSchedule = scheduleSnapshot.of(job.id());
      Schedule schedule = SchedulePlanner.inForce(job, jobSchedule);
      boolean idle =
          SchedulePlanner.isDecided(job, jobSchedule)
              && jobSchedule.due().isEmpty()
              && jobSchedule.taken() == Taken.NOT;
      if (schedule instanceof Schedule.Following && idle && jobSchedule.plan().isPresent()) {
        planFollower(job, schedule, scheduleSnapshot);
      }
    }
  }

  private void planFollower(JobVariants job, Schedule schedule, ScheduleSnapshot scheduleSnapshot) {
    List<Optional<Instant>> moments =
        Stream.concat(Stream.of(job.id()), job.after().stream())
            .map(each -> scheduleSnapshot.of(each).freeSince())
            .toList();
    boolean oneRunsOrNeverRan =
        job.after().stream().anyMatch(each -> scheduleSnapshot.of(each).freeSince().isEmpty());
    if (oneRunsOrNeverRan || moments.equals(seen.get(job.id()))) {
      return;
    }
    Instant begun = lastBegun(job.id()).orElse(Instant.EPOCH);
    Instant latest = Instant.EPOCH;
    for (JobId each : job.after()) {
      Optional<Instant> success = lastSuccess(each).filter(begun::isBefore);
      if (success.isEmpty()) {
        seen.put(job.id(), moments);
        return;
      }
      latest = success.get().isAfter(latest) ? success.get() : latest;
    }
    if (store.plan(job.id(), Optional.empty(), schedule, Optional.of(latest))) {
      seen.put(job.id(), moments);
    }
  }

  /// What keeps a due run from beginning.
  sealed interface Verdict {

    /// @param since when the last of the jobs it comes after ended
    record Ready(Instant since) implements Verdict {}

    record Wait() implements Verdict {}

    /// @param why in words, for the run log
    record LeaveOut(String why) implements Verdict {}
  }

  Verdict on(DueRun run, ScheduleSnapshot scheduleSnapshot) {
    if (run.job().after().isEmpty() || run.schedule() instanceof Schedule.Following) {
      return new Verdict.Ready(run.ready());
    }
    Instant since = run.ready();
    for (JobId each : run.job().after()) {
      JobSchedule jobSchedule = scheduleSnapshot.of(each);
      if (runsFirst(jobSchedule, run.due())) {
        return new Verdict.Wait();
      }
      Instant free = jobSchedule.freeSince().orElse(since);
      since = free.isAfter(since) ? free : since;
    }
    return run.isInterrupted() ? new Verdict.Ready(since) : afterEndOf(run, since);
  }

  private Verdict afterEndOf(DueRun run, Instant since) {
    for (JobId each : run.job().after()) {
      Optional<SyncRun> failed = lastRun(each).filter(JobDependencies::endedBadly);
      if (failed.isPresent()) {
        return new Verdict.LeaveOut(
            "was due at %s and is left out: it comes after '%s', whose last run %s is %s"
                .formatted(run.start(), each, failed.get().id(), failed.get().status().word()));
      }
    }
    return new Verdict.Ready(since);
  }

  /// Whether a run of the other job that is due no later than `then`, or that someone asked for,
  /// has not ended. What falls due later need not be waited for, or a busy job would never let
  /// pass.
  private static boolean runsFirst(JobSchedule other, Instant then) {
    boolean due =
        other.paused().isEmpty() && other.due().filter(at -> !at.isAfter(then)).isPresent();
    boolean asked = other.running().isPresent() && other.taken() != Taken.TAKEN;
    return due || asked;
  }

  private static boolean endedBadly(SyncRun run) {
    return switch (run.status()) {
      case FAILED, CANCELLED, ABANDONED -> true;
      case RUNNING, SUCCESS, MISFIRED -> false;
    };
  }

  private Optional<SyncRun> lastRun(JobId job) {
    var latest = new RunLog.Filter(Optional.of(job), Optional.empty(), Optional.empty(), 50);
    return runs.list(latest).stream().filter(run -> run.status() != RunStatus.MISFIRED).findFirst();
  }

  private Optional<Instant> lastBegun(JobId job) {
    return lastRun(job).map(SyncRun::startedAt);
  }

  private Optional<Instant> lastSuccess(JobId job) {
    var latest =
        new RunLog.Filter(Optional.of(job), Optional.of(RunStatus.SUCCESS), Optional.empty(), 1);
    return runs.list(latest).stream().findFirst().flatMap(SyncRun::completedAt);
  }
}
