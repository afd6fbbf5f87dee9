package io.qupersync.application.query;

import io.qupersync.application.port.JobStates;
import io.qupersync.application.port.ScheduleStore;
import io.qupersync.application.port.ScheduleStore.JobSchedule;
import io.qupersync.application.port.ScheduleStore.ScheduleSnapshot;
import io.qupersync.application.port.ScheduleStore.Taken;
import io.qupersync.application.sync.JobDefinitions;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.domain.job.Schedule;
import io.qupersync.domain.job.ScheduleChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Answers what the jobs are and how they stand.
public final class JobQueries {

  private final JobDefinitions jobs;
  private final JobStates jobStates;
  private final ScheduleStore schedules;

  public JobQueries(JobDefinitions jobs, JobStates jobStates, ScheduleStore schedules) {
    this.jobs = jobs;
    this.jobStates = jobStates;
    this.schedules = schedules;
  }

  /// What the stores say of jobs, before it is told of which.
  ///
  /// @param known of the jobs that were asked for
  public record Look(Map<JobId, JobStates.JobState> known, ScheduleSnapshot board) {
    public Look {
      known = Map.copyOf(known);
    }
  }

  /// Costs the same few questions however many jobs there are.
  public List<JobStatus> all() {
    return all(look());
  }

  /// The jobs that are defined now, as they stood at a look.
  List<JobStatus> all(Look look) {
    return jobs.current().all().stream().map(job -> status(job, look)).toList();
  }

  public Optional<JobStatus> find(JobId id) {
    return jobs.find(id).map(job -> status(job, look(List.of(job))));
  }

  Optional<JobStatus> find(JobId id, Look look) {
    return jobs.find(id).map(job -> status(job, look));
  }

  /// At all jobs.
  Look look() {
    return look(jobs.current().all());
  }

  private Look look(List<JobVariants> asked) {
    // in this order: a run that begins between the two is not told yet, instead of looking dead
    var known = jobStates.of(asked.stream().map(JobVariants::id).toList());
    return new Look(known, schedules.look());
  }

  private static JobStatus status(JobVariants job, Look look) {
    return status(
        job, look.known().getOrDefault(job.id(), JobStates.JobState.unknown()), look.board());
  }

  private static JobStatus status(
      JobVariants job, JobStates.JobState known, ScheduleSnapshot scheduleSnapshot) {
    return new JobStatus(
        job,
        known.progress(),
        known.latest(),
        known.decided(),
        known.deadLetters(),
        schedule(job, scheduleSnapshot));
  }

  private static ScheduleStatus schedule(JobVariants job, ScheduleSnapshot scheduleSnapshot) {
    JobSchedule jobSchedule = scheduleSnapshot.of(job.id());
    Schedule inForce = jobSchedule.changed().map(ScheduleChange::schedule).orElse(job.schedule());
    return new ScheduleStatus(
        inForce,
        jobSchedule.changed().map(ScheduleChange::decision),
        jobSchedule.paused(),
        jobSchedule
            .due()
            .filter(_ -> jobSchedule.paused().isEmpty() && jobSchedule.taken() == Taken.NOT)
            .map(due -> inForce.start(job.id(), due)),
        jobSchedule.running(),
        job.fullSchedule(),
        job.fullSchedule()
            .filter(_ -> jobSchedule.paused().isEmpty())
            .flatMap(_ -> scheduleSnapshot.of(JobVariants.fullRunsOf(job.id())).due()));
  }
}
