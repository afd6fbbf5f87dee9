package io.qupersync.application.schedule;

import io.qupersync.domain.run.RunOutcome;
import java.util.concurrent.CompletableFuture;

/// What came of starting a run on a thread of its own.
public sealed interface RunStart {

  /// @param end how the run ends; fails with what the run threw, which is a defect
  record Started(CompletableFuture<RunOutcome> end) implements RunStart {}

  /// The process ends and takes no new run; the thread was not started.
  record ShuttingDown() implements RunStart {}
}
