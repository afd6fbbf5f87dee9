package io.qupersync.domain.run;

import io.qupersync.domain.progress.Watermark;
import java.util.Optional;

/// How a trigger ended.
public sealed interface RunOutcome {

  record Completed(RunId run, RunTally tally, Optional<Watermark> reached) implements RunOutcome {}

  /// No run was made: the job's lease is held.
  record AlreadyRunning(RunId holder) implements RunOutcome {}

  /// @param run empty when it failed before it got a number
  /// @param reason one line: which step failed, on what, and what to do
  record Failed(Optional<RunId> run, FailureKind kind, String reason, RunTally tally)
      implements RunOutcome {}

  record Cancelled(RunId run, RunTally tally) implements RunOutcome {}
}
