package io.qupersync.application.port;

import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.Lease;
import io.qupersync.domain.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Who may write for which job. The store's own clock decides when a lease has expired. Every
/// method may throw [SyncFailure].
public interface LeaseStore {

  /// Takes the job's lease for `ttl` if it is free or has expired. A run that holds it already, and
  /// asks again because the answer was lost, gets it again.
  Attempt acquire(JobId job, RunId run, String owner, Duration ttl);

  /// Prolongs a lease from now, unless another run has taken over.
  Renewal renew(Lease lease, Duration ttl);

  /// Leaves word for a run that holds its job's lease, wherever it is, that it shall stop. It finds
  /// out when it renews the lease.
  ///
  /// @return false when no such run holds a lease
  boolean requestCancel(RunId run);

  /// Gives the lease back. Does nothing when another run has taken over.
  void release(Lease lease);

  /// What a run finds when it renews its lease.
  enum Renewal {
    HELD,
    /// Still held, but someone wants the run to stop.
    CANCEL_REQUESTED,
    /// Another run has taken over.
    LOST
  }

  /// How asking for a lease ended.
  sealed interface Attempt {

    /// @param abandoned the run that held it when it expired, and never ended
    record Granted(Lease lease, Optional<RunId> abandoned) implements Attempt {}

    /// @param until when it expires unless renewed
    record Held(RunId holder, Instant until) implements Attempt {}
  }
}
