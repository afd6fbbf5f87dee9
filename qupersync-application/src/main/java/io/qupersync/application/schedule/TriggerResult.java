package io.qupersync.application.schedule;

import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.RunOutcome;
import java.util.concurrent.CompletableFuture;

/// What came of a wish to run a job.
public sealed interface TriggerResult {

  /// The run has its number and its lease, and stands in the run log.
  ///
  /// @param end completes with the run's outcome; never exceptionally
  record Started(RunId run, CompletableFuture<RunOutcome> end) implements TriggerResult {}

  record AlreadyRunning(RunId holder) implements TriggerResult {}

  /// There is no run.
  ///
  /// @param reason one line: what went wrong, and what to do
  record Refused(FailureKind kind, String reason) implements TriggerResult {}
}
