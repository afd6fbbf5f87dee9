package io.qupersync.application.port;

import io.qupersync.domain.job.JobId;
import io.qupersync.domain.progress.Fingerprint;
import io.qupersync.domain.progress.JobProgress;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.progress.Witness;
import io.qupersync.domain.run.Lease;
import java.time.Instant;
import java.util.Map;
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
  default void advance(Lease lease, Optional<Watermark> watermark, Instant at) {
    advance(lease, watermark, at, Optional.empty());
  }

  /// The same, and what the watermark is made for from now on.
  ///
  /// @param basis empty for a job without a watermark, of which nothing is remembered
  void advance(Lease lease, Optional<Watermark> watermark, Instant at, Optional<Basis> basis);

  /// What a watermark is made for. What was found lost is lost no more.
  ///
  /// @param row looked for in the target, and remembered with the value that the target has of the
  ///   watermark's leading column
  /// @param otherwise what is remembered when the target has no such row
  /// @param anew whether the former watermark stands for other rows, so that an empty one forgets
  ///   it
  /// @param byHand whether the target may be empty until the row is found in it
  record Basis(
      Fingerprint fingerprint,
      Optional<TargetRow> row,
      Optional<Witness> otherwise,
      boolean anew,
      boolean byHand) {

    public Basis(
        Fingerprint fingerprint,
        Optional<TargetRow> row,
        Optional<Witness> otherwise,
        boolean anew) {
      this(fingerprint, row, otherwise, anew, false);
    }
  }

  /// A run is about to leave checkpoints, or goes on from an earlier one: they are made for this.
  /// What else is known of the job stays.
  ///
  /// @throws SyncFailure of kind `LEASE_LOST` when another run has taken over; nothing was written
  ///   then
  void adopt(Lease lease, Fingerprint fingerprint);

  /// A run has found that the target no longer has the rows that the watermark stands for.
  ///
  /// @param reason in words for the user
  /// @throws SyncFailure of kind `LEASE_LOST` when another run has taken over; nothing was written
  ///   then
  void lost(Lease lease, String reason);

  /// The run has itself set back the row that was remembered: this is what is remembered from now
  /// on.
  ///
  /// @throws SyncFailure of kind `LEASE_LOST` when another run has taken over; nothing was written
  ///   then
  void witnessed(Lease lease, Witness witness);

  /// Remembers where the job's first run began to read, until the watermark is set by hand.
  ///
  /// @throws SyncFailure of kind `LEASE_LOST` when another run has taken over; nothing was written
  ///   then
  void rememberBeginning(Lease lease, Watermark beginning);

  /// Remembers which open rows the source did not return, and since when; forgets those of before.
  ///
  /// @throws SyncFailure of kind `LEASE_LOST` when another run has taken over; nothing was written
  ///   then
  void rememberMissing(Lease lease, Map<String, Instant> missing);

  /// Moves the watermark by hand, forgetting any checkpoint, how late rows came and where the first
  /// run began; empty forgets the watermark too, and the next run reads as the first did. Refuses
  /// while a run of the job is under way.
  ///
  /// @throws SyncFailure when a run of the job holds the lease
  default void set(JobId job, Optional<Watermark> watermark) {
    set(job, watermark, Optional.empty());
  }

  /// The same, and what the watermark is made for, whatever the target holds at the moment.
  ///
  /// @throws SyncFailure when a run of the job holds the lease
  void set(JobId job, Optional<Watermark> watermark, Optional<Fingerprint> fingerprint);

  /// Watermark and checkpoint are good for this, whatever the target holds at the moment: someone
  /// says so. Forgets how late rows came: they may have been deleted in the target. Refuses while a
  /// run of the job is under way.
  ///
  /// @throws SyncFailure when a run of the job holds the lease
  void keep(JobId job, Fingerprint fingerprint);
}
