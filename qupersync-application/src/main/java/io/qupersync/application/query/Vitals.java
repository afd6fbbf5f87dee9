package io.qupersync.application.query;

import io.qupersync.application.port.ScheduleStore;
import io.qupersync.application.port.ScheduleStore.Board;
import io.qupersync.application.port.Standings;
import io.qupersync.application.port.Standings.Standing;
import io.qupersync.application.sync.JobDefinitions;
import io.qupersync.domain.job.FlavoredJob;
import io.qupersync.domain.job.JobId;
import java.util.List;
import java.util.Map;

/// Takes the pulse of all jobs at once.
public final class Vitals {

  private final JobDefinitions jobs;
  private final Standings standings;
  private final ScheduleStore schedules;

  public Vitals(JobDefinitions jobs, Standings standings, ScheduleStore schedules) {
    this.jobs = jobs;
    this.standings = standings;
    this.schedules = schedules;
  }

  /// In the order of the jobs' definition. May throw [io.qupersync.application.port.SyncFailure].
  public List<JobVitals> all() {
    List<FlavoredJob> known = jobs.current().all();
    Map<JobId, Standing> standing = standings.of(known.stream().map(FlavoredJob::id).toList());
    Board board = schedules.look();
    return known.stream().map(job -> vitals(job, standing, board)).toList();
  }

  private static JobVitals vitals(FlavoredJob job, Map<JobId, Standing> standing, Board board) {
    ScheduleStore.Standing scheduled = board.of(job.id());
    return new JobVitals(
        job,
        Freshness.of(job, scheduled),
        scheduled.running().isPresent(),
        standing.getOrDefault(job.id(), Standing.unknown()));
  }
}
