package io.qupersync.application.query;

import io.qupersync.application.port.DeadLetterBox;
import io.qupersync.application.port.ProgressStore;
import io.qupersync.application.port.RunLog;
import io.qupersync.domain.job.FlavoredJob;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.JobRegistry;
import java.util.List;
import java.util.Optional;

/// Answers what the jobs are and how they stand.
public final class JobQueries {

  private final JobRegistry jobs;
  private final ProgressStore progress;
  private final RunLog runs;
  private final DeadLetterBox deadLetters;

  public JobQueries(
      JobRegistry jobs, ProgressStore progress, RunLog runs, DeadLetterBox deadLetters) {
    this.jobs = jobs;
    this.progress = progress;
    this.runs = runs;
    this.deadLetters = deadLetters;
  }

  public List<JobStatus> all() {
    return jobs.all().stream().map(this::status).toList();
  }

  public Optional<JobStatus> find(JobId id) {
    return jobs.find(id).map(this::status);
  }

  private JobStatus status(FlavoredJob job) {
    var latest = new RunLog.Filter(Optional.of(job.id()), Optional.empty(), Optional.empty(), 1);
    return new JobStatus(
        job,
        progress.load(job.id()),
        runs.list(latest).stream().findFirst(),
        deadLetters.count(job.id()));
  }
}
