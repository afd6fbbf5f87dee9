package io.qupersync.application.query;

import io.qupersync.application.port.JobStates;
import io.qupersync.application.port.JobStates.JobState;
import io.qupersync.application.port.ScheduleStore;
import io.qupersync.application.port.ScheduleStore.ScheduleSnapshot;
import io.qupersync.application.sync.JobDefinitions;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.JobVariants;
import java.util.List;
import java.util.Map;

/// Takes the pulse of all jobs at once.
public final class JobHealthQuery {

  private final JobDefinitions jobs;
  private final JobStates jobStates;
  private final ScheduleStore schedules;

  public JobHealthQuery(JobDefinitions jobs, JobStates jobStates, ScheduleStore schedules) {
    this.jobs = jobs;
    this.jobStates = jobStates;
    this.schedules = schedules;
  }

  /// In the order of the jobs' definition. May throw [io.qupersync.application.port.SyncFailure].
  public List<JobVitals> all() {
    List<JobVariants> known = jobs.current().all();
    Map<JobId, JobState> standing = jobStates.of(known.stream().map(JobVariants::id).toList());
    ScheduleSnapshot scheduleSnapshot = schedules.look();
    return known.stream().map(job -> vitals(job, standing, scheduleSnapshot)).toList();
  }

  private static JobVitals vitals(
      JobVariants job, Map<JobId, JobState> standing, ScheduleSnapshot scheduleSnapshot) {
    ScheduleStore.JobSchedule scheduled = scheduleSnapshot.of(job.id());
    return new JobVitals(
        job,
        Freshness.of(job, scheduled),
        scheduled.running().isPresent(),
        standing.getOrDefault(job.id(), JobState.unknown()));
  }
}
