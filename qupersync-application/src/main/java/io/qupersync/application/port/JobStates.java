package io.qupersync.application.port;

import io.qupersync.domain.job.JobId;
import io.qupersync.domain.progress.JobProgress;
import io.qupersync.domain.run.SyncRun;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/// One look at how jobs stand, which costs the same few questions however many jobs there are.
public interface JobStates {

  /// How each of these jobs stands. Before the first migration, nothing is known of any. May throw
  /// [SyncFailure].
  Map<JobId, JobState> of(Collection<JobId> jobs);

  /// @param latest the last run, however it stands
  /// @param decided the last run that succeeded or failed
  /// @param deadLetters rejected rows that wait
  record JobState(
      JobProgress progress, Optional<SyncRun> latest, Optional<SyncRun> decided, long deadLetters) {

    public static JobState unknown() {
      return new JobState(JobProgress.none(), Optional.empty(), Optional.empty(), 0);
    }
  }
}
