package io.qupersync.domain.run;

import io.qupersync.domain.progress.Watermark;
import java.util.Optional;

/// How a trigger ended.
public sealed interface RunOutcome {

  record Completed(RunId run, RunTally tally, Optional<Watermark> reached) implements RunOutcome {}

  /// No run was made: the job's lease is held.
  record AlreadyRunning(RunId holder) implements RunOutcome {}

  /// @param reason one line: which step failed, on what, and what to do
  /// @param resumeFrom where the next run begins, when something was remembered
  record Failed(
      RunId run, FailureKind kind, String reason, RunTally tally, Optional<Watermark> resumeFrom)
      implements RunOutcome {}

  record Cancelled(RunId run, RunTally tally) implements RunOutcome {}
}
