package io.qupersync.application.port;

import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.RunStatus;
import io.qupersync.domain.run.RunTally;
import java.time.Duration;

/// Counts what happens, for whoever watches the service from outside. An observer cannot hurt: no
/// method throws, waits or asks a database. Safe for use by many threads.
public interface SyncMetrics {

  /// A run of this process has begun.
  default void started(JobId job) {}

  /// A run of this process has ended, in one of the statuses in which a run can end.
  default void ended(JobId job, RunStatus status, Duration took) {}

  /// A run never began: the state in the target could not be reached, above all.
  default void failedToStart(JobId job) {}

  /// Rows have been committed.
  ///
  /// @param more what the commit came to, not what the run came to so far
  default void committed(JobId job, RunTally more) {}

  /// Something is tried again after a transient failure.
  default void retried(JobId job) {}

  /// A run that was due has not taken place.
  default void misfired(JobId job) {}

  /// The scheduler has looked for what is due.
  default void ticked() {}

  /// Someone was told of an incident.
  ///
  /// @param channel the name of whom
  default void alertDelivered(String channel) {}

  /// Someone could not be told of an incident; it is tried again.
  default void alertFailed(String channel) {}

  SyncMetrics NONE = new SyncMetrics() {};
}
