package io.qupersync.application.port;

import io.qupersync.domain.job.JobId;
import io.qupersync.domain.progress.JobProgress;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.run.Lease;
import java.time.Instant;
import java.util.Optional;

/// What is remembered of each job between runs. Every method may throw [SyncFailure].
public interface ProgressStore {

  /// What is known of the job; [JobProgress#none()] before its first run.
  JobProgress load(JobId job);

  /// A run has read its whole window: its watermark counts now, and no checkpoint is needed any
  /// more.
  ///
  /// @param watermark where the next run begins; empty leaves the former one
  /// @param at when the run ended
  /// @throws SyncFailure of kind `LEASE_LOST` when another run has taken over; nothing was written
  ///   then
  void advance(Lease lease, Optional<Watermark> watermark, Instant at);

  /// Remembers where the job's first run began to read, until the watermark is set by hand.
  ///
  /// @throws SyncFailure of kind `LEASE_LOST` when another run has taken over; nothing was written
  ///   then
  void rememberBeginning(Lease lease, Watermark beginning);

  /// Moves the watermark by hand, forgetting any checkpoint, how late rows came and where the first
  /// run began; empty forgets the watermark too, and the next run reads as the first did. Refuses
  /// while a run of the job is under way.
  ///
  /// @throws SyncFailure when a run of the job holds the lease
  void set(JobId job, Optional<Watermark> watermark);
}
