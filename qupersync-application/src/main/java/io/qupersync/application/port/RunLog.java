package io.qupersync.application.port;

import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.RunStatus;
import io.qupersync.domain.run.SyncRun;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// All runs there were. Every method may throw [SyncFailure].
public interface RunLog {

  /// A number no run has had.
  RunId nextId();

  /// Records a run that begins and holds its job's lease. Does nothing when it is recorded already,
  /// by a try whose answer was lost.
  ///
  /// Whoever came before and is still said to run this job died, or could not write its end, and is
  /// marked as abandoned. Not whoever comes after: this process may have stalled since it took the
  /// lease, and lost it to a run that is well.
  void started(SyncRun run);

  /// Records that the run began to read again.
  void attempt(RunId run, int attempts);

  /// Records how the run ended, and gives its lease back in the same moment: a run that has ended
  /// holds none. Records nothing of a run that has ended before. Of each counter the higher value
  /// stays: a batch is counted when it is committed, even if the run never heard of it.
  void finished(SyncRun run);

  /// Records a run that was due and never began, with its remark. Does nothing when it is recorded
  /// already.
  void neverBegan(SyncRun run);

  /// Forgets runs that ended before `then`, but the latest of each job and the latest that ended
  /// well.
  ///
  /// @return how many there were
  int deleteOlderThan(Instant then);

  Optional<SyncRun> find(RunId run);

  /// The latest runs first.
  List<SyncRun> list(Filter filter);

  /// @param before only runs with a smaller number
  /// @param limit 1 to 1000
  record Filter(
      Optional<JobId> job, Optional<RunStatus> status, Optional<RunId> before, int limit) {
    public Filter {
      if (limit < 1 || limit > 1000) {
        throw new IllegalArgumentException("limit must be 1 to 1000, was " + limit);
      }
    }
  }
}
