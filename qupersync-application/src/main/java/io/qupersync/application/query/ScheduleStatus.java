package io.qupersync.application.query;

import io.qupersync.domain.job.ManualOverride;
import io.qupersync.domain.job.Schedule;
import io.qupersync.domain.run.RunId;
import java.time.Instant;
import java.util.Optional;

/// When a job runs by itself, and who says so.
///
/// @param inForce the schedule that counts
/// @param changed who changed it by hand, and when; empty when the file's counts
/// @param paused who paused the job, and when
/// @param nextRun when it runs next; in the past while it waits for its turn; empty when it is
///   paused or runs only when asked
/// @param full when a run reads everything, beside the ordinary ones
/// @param nextFullRun when the next of those begins; empty while the job is paused
/// @param running the run that is under way, on any instance
public record ScheduleStatus(
    Schedule inForce,
    Optional<ManualOverride> changed,
    Optional<ManualOverride> paused,
    Optional<Instant> nextRun,
    Optional<RunId> running,
    Optional<Schedule> full,
    Optional<Instant> nextFullRun) {

  /// Of a job without a schedule for full runs.
  public ScheduleStatus(
      Schedule inForce,
      Optional<ManualOverride> changed,
      Optional<ManualOverride> paused,
      Optional<Instant> nextRun,
      Optional<RunId> running) {
    this(inForce, changed, paused, nextRun, running, Optional.empty(), Optional.empty());
  }
}
