package io.qupersync.application.sync;

import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.domain.run.RunTally;
import java.time.Duration;

/// Watches runs; called by the run's own threads, so it must be quick and safe for use by many
/// threads. What it throws is ignored.
public interface RunObserver {

  /// No run came of a trigger: the outcome is a failure before the run had its lease, or says who
  /// holds it.
  default void notStarted(JobId job, RunOutcome outcome) {}

  /// The scheduler has looked for what is due.
  default void looked() {}

  /// A run that was due did not begin in its time.
  default void misfired(JobId job) {}

  default void started(JobId job, RunId run) {}

  /// Rows have been read; they are not committed yet.
  default void read(JobId job, RunId run, long rows) {}

  /// A batch has been committed.
  default void progressed(JobId job, RunId run, RunTally soFar) {}

  default void retrying(JobId job, RunId run, int retry, Duration delay, String reason) {}

  default void ended(JobId job, RunId run, RunOutcome outcome) {}

  RunObserver NONE = new RunObserver() {};
}
