package io.qupersync.domain.run;

import io.qupersync.domain.job.JobId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// One line of the run log.
///
/// @param attempts how many times the run began to read, 1 or more
/// @param watermarkFrom the watermark before, in its text form
/// @param watermarkTo the watermark after
/// @param remark what a user should know of a run although it is no error
public record SyncRun(
    RunId id,
    JobId job,
    Trigger trigger,
    RunStatus status,
    Instant startedAt,
    Optional<Instant> completedAt,
    RunTally tally,
    int attempts,
    Optional<String> watermarkFrom,
    Optional<String> watermarkTo,
    Optional<String> error,
    Optional<String> remark) {

  public SyncRun(
      RunId id,
      JobId job,
      Trigger trigger,
      RunStatus status,
      Instant startedAt,
      Optional<Instant> completedAt,
      RunTally tally,
      int attempts,
      Optional<String> watermarkFrom,
      Optional<String> watermarkTo,
      Optional<String> error) {
    this(
        id,
        job,
        trigger,
        status,
        startedAt,
        completedAt,
        tally,
        attempts,
        watermarkFrom,
        watermarkTo,
        error,
        Optional.empty());
  }

  public static SyncRun starting(
      RunId id, JobId job, Trigger trigger, Instant at, Optional<String> watermark) {
    return new SyncRun(
        id,
        job,
        trigger,
        RunStatus.RUNNING,
        at,
        Optional.empty(),
        RunTally.zero(),
        1,
        watermark,
        watermark,
        Optional.empty());
  }

  /// What went wrong in it: rejected rows, attempts that failed, and the failure that ended it.
  public long errorCount() {
    return tally.skipped() + (attempts - 1) + (status.isFailure() ? 1 : 0);
  }

  /// How long it took, or has been going on at `now`.
  public Duration duration(Instant now) {
    return Duration.between(startedAt, completedAt.orElse(now));
  }
}
