package io.qupersync.application.query;

import io.qupersync.application.port.ScheduleStore;
import io.qupersync.application.port.ScheduleStore.Board;
import io.qupersync.application.port.ScheduleStore.Standing;
import io.qupersync.application.port.ScheduleStore.Taken;
import io.qupersync.application.port.Standings;
import io.qupersync.application.sync.JobDefinitions;
import io.qupersync.domain.job.FlavoredJob;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.Schedule;
import io.qupersync.domain.job.ScheduleChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Answers what the jobs are and how they stand.
public final class JobQueries {

  private final JobDefinitions jobs;
  private final Standings standings;
  private final ScheduleStore schedules;

  public JobQueries(JobDefinitions jobs, Standings standings, ScheduleStore schedules) {
    this.jobs = jobs;
    this.standings = standings;
    this.schedules = schedules;
  }

  /// What the stores say of jobs, before it is told of which.
  ///
  /// @param known of the jobs that were asked for
  public record Look(Map<JobId, Standings.Standing> known, Board board) {
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

  private Look look(List<FlavoredJob> asked) {
    // in this order: a run that begins between the two is not told yet, instead of looking dead
    var known = standings.of(asked.stream().map(FlavoredJob::id).toList());
    return new Look(known, schedules.look());
  }

  private static JobStatus status(FlavoredJob job, Look look) {
    return status(
        job, look.known().getOrDefault(job.id(), Standings.Standing.unknown()), look.board());
  }

  private static JobStatus status(FlavoredJob job, Standings.Standing known, Board board) {
    return new JobStatus(
        job,
        known.progress(),
        known.latest(),
        known.decided(),
        known.deadLetters(),
        schedule(job, board));
  }

  private static ScheduleStatus schedule(FlavoredJob job, Board board) {
    Standing standing = board.of(job.id());
    Schedule inForce = standing.changed().map(ScheduleChange::schedule).orElse(job.schedule());
    return new ScheduleStatus(
        inForce,
        standing.changed().map(ScheduleChange::decision),
        standing.paused(),
        standing
            .due()
            .filter(_ -> standing.paused().isEmpty() && standing.taken() == Taken.NOT)
            .map(due -> inForce.start(job.id(), due)),
        standing.running(),
        job.fullSchedule(),
        job.fullSchedule()
            .filter(_ -> standing.paused().isEmpty())
            .flatMap(_ -> board.of(FlavoredJob.fullRunsOf(job.id())).due()));
  }
}
