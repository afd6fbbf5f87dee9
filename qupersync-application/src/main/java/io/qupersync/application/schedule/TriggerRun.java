package io.qupersync.application.schedule;

import io.qupersync.application.sync.ReplayDeadLetters;
import io.qupersync.application.sync.RunRequest;
import io.qupersync.application.sync.RunSyncJob;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.domain.run.RunTally;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs on demand: returns as soon as it is known whether there is a run, which then goes on by
/// itself. Safe for use by many threads.
public final class TriggerRun {

  private static final Logger LOG = LoggerFactory.getLogger(TriggerRun.class);

  /// No more than that: what an exception says may be of no one's business.
  private static final String DEFECT =
      "a defect in QuperSync, which the log describes; please report it";

  private final RunSyncJob runSyncJob;
  private final ReplayDeadLetters replayDeadLetters;
  private final RunExecutor ongoing;

  public TriggerRun(
      RunSyncJob runSyncJob, ReplayDeadLetters replayDeadLetters, RunExecutor ongoing) {
    this.runSyncJob = runSyncJob;
    this.replayDeadLetters = replayDeadLetters;
    this.ongoing = ongoing;
  }

  /// Waits for the run's lease and for its line in the run log, no longer.
  ///
  /// @throws IllegalArgumentException when there is no such job
  public TriggerResult trigger(RunRequest request) {
    return begin(request, begun -> runSyncJob.run(request, begun));
  }

  /// The same, for a run that tries the job's dead letters again.
  ///
  /// @throws IllegalArgumentException when there is no such job
  public TriggerResult replay(RunRequest request) {
    return begin(request, begun -> replayDeadLetters.replay(request, begun));
  }

  private interface Door {
    RunOutcome enter(Consumer<RunId> begun);
  }

  private TriggerResult begin(RunRequest request, Door door) {
    var begun = new CompletableFuture<RunId>();
    return switch (ongoing.start("run-" + request.job(), () -> door.enter(begun::complete))) {
      case RunStart.Started(var end) -> answer(begun, end);
      case RunStart.ShuttingDown() -> stopping();
    };
  }

  private static TriggerResult answer(
      CompletableFuture<RunId> begun, CompletableFuture<RunOutcome> end) {
    CompletableFuture.anyOf(begun, end).handle((_, _) -> true).join();
    if (begun.isDone()) {
      return new TriggerResult.Started(
          begun.join(), end.exceptionally(defect -> failed(begun.join(), defect)));
    }
    return end.isCompletedExceptionally() ? refused(end.exceptionNow()) : withoutRun(end.join());
  }

  private static TriggerResult withoutRun(RunOutcome outcome) {
    return switch (outcome) {
      case RunOutcome.AlreadyRunning(RunId holder) -> new TriggerResult.AlreadyRunning(holder);
      case RunOutcome.Failed(_, FailureKind kind, String reason, _) ->
          new TriggerResult.Refused(kind, reason);
      case RunOutcome.Completed _, RunOutcome.Cancelled _ ->
          throw new IllegalStateException("a run ended that never began: " + outcome);
    };
  }

  private static TriggerResult refused(Throwable cause) {
    if (cause instanceof IllegalArgumentException unknown) {
      throw unknown;
    }
    LOG.error("a run could not be started", cause);
    return new TriggerResult.Refused(FailureKind.INTERNAL, DEFECT);
  }

  private static RunOutcome failed(RunId run, Throwable cause) {
    LOG.error("run={} met a defect", run, cause);
    return new RunOutcome.Failed(Optional.of(run), FailureKind.INTERNAL, DEFECT, RunTally.zero());
  }

  private static TriggerResult stopping() {
    return new TriggerResult.Refused(
        FailureKind.UNREACHABLE, "the service is stopping and takes no new run");
  }
}
