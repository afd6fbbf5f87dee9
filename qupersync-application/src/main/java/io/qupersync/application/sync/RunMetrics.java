package io.qupersync.application.sync;

import io.qupersync.application.port.SyncMetrics;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.domain.run.RunStatus;
import io.qupersync.domain.run.RunTally;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Counts runs as they go: rows when they are committed, so that a long run shows while it lasts.
public final class RunMetrics implements RunObserver {

  private final SyncMetrics metrics;
  private final InstantSource clock;
  private final Map<RunId, Course> underWay = new ConcurrentHashMap<>();

  public RunMetrics(SyncMetrics metrics, InstantSource clock) {
    this.metrics = metrics;
    this.clock = clock;
  }

  /// @param counted what has been counted of the run already
  private record Course(Instant startedAt, RunTally counted) {}

  @Override
  public void looked() {
    metrics.ticked();
  }

  @Override
  public void misfired(JobId job) {
    metrics.misfired(job);
  }

  @Override
  public void started(JobId job, RunId run) {
    underWay.put(run, new Course(clock.instant(), RunTally.zero()));
    metrics.started(job);
  }

  @Override
  public void progressed(JobId job, RunId run, RunTally soFar) {
    underWay.computeIfPresent(run, (_, course) -> counted(job, course, soFar));
  }

  @Override
  public void retrying(JobId job, RunId run, int retry, Duration delay, String reason) {
    metrics.retried(job);
  }

  @Override
  public void ended(JobId job, RunId run, RunOutcome outcome) {
    Course course = underWay.remove(run);
    if (course != null) {
      ended(job, course, outcome);
    }
  }

  private void ended(JobId job, Course course, RunOutcome outcome) {
    Duration took = Duration.between(course.startedAt(), clock.instant());
    switch (outcome) {
      case RunOutcome.Completed(_, RunTally tally, _) -> {
        Course _ = counted(job, course, tally);
        metrics.ended(job, RunStatus.SUCCESS, took);
      }
      case RunOutcome.Failed(_, _, _, RunTally tally) -> {
        Course _ = counted(job, course, tally);
        metrics.ended(job, RunStatus.FAILED, took);
      }
      case RunOutcome.Cancelled(_, RunTally tally) -> {
        Course _ = counted(job, course, tally);
        metrics.ended(job, RunStatus.CANCELLED, took);
      }
      case RunOutcome.AlreadyRunning _ ->
          throw new IllegalArgumentException("a run that never was has no end");
    }
  }

  @Override
  public void notStarted(JobId job, RunOutcome outcome) {
    if (outcome instanceof RunOutcome.Failed) {
      metrics.failedToStart(job);
    }
  }

  private Course counted(JobId job, Course course, RunTally soFar) {
    metrics.committed(job, soFar.minus(course.counted()));
    return new Course(course.startedAt(), soFar);
  }
}
