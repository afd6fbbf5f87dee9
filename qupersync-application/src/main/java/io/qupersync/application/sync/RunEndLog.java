package io.qupersync.application.sync;

import io.qupersync.domain.run.RunOutcome;
import io.qupersync.domain.run.RunStatus;
import io.qupersync.domain.run.RunTally;
import io.qupersync.domain.run.SyncRun;
import io.qupersync.domain.run.Trigger;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/// Writes down how a run ended.
final class RunEndLog {

  private RunEndLog() {}

  static SyncRun of(
      SyncRun started,
      RunOutcome outcome,
      RunProgress progress,
      Instant at,
      Optional<String> watermark) {
    return new SyncRun(
        started.id(),
        started.job(),
        started.trigger(),
        status(outcome),
        started.startedAt(),
        Optional.of(at),
        confirmed(outcome, progress),
        progress.attempts(),
        started.watermarkFrom(),
        watermark,
        error(outcome),
        progress.remark());
  }

  /// What was committed has been counted with it. The run itself knows better only when it has
  /// confirmed all of it: the target may have lost what a run that failed was told is committed.
  private static RunTally confirmed(RunOutcome outcome, RunProgress progress) {
    return outcome instanceof RunOutcome.Completed ? progress.tally() : RunTally.zero();
  }

  static void log(Logger log, RunContext run, RunOutcome outcome) {
    RunTally tally = run.progress().tally();
    String status = status(outcome).word();
    String line =
        "%s: extracted=%d inserted=%d updated=%d unchanged=%d deleted=%d skipped=%d"
            .formatted(
                status,
                tally.extracted(),
                tally.inserted(),
                tally.updated(),
                tally.unchanged(),
                tally.deleted(),
                tally.skipped());
    if (outcome instanceof RunOutcome.Failed(_, _, String reason, _)) {
      log.error("{}; {}", line, reason);
    } else {
      log.atLevel(isQuiet(run, outcome) ? Level.DEBUG : Level.INFO).log(line);
    }
  }

  /// Nobody asked for it.
  static boolean isRoutine(RunContext run) {
    return run.request().trigger() == Trigger.SCHEDULE;
  }

  /// Thousands of jobs that look every few seconds and find nothing would fill the log with that;
  /// the run log and the metrics count them.
  private static boolean isQuiet(RunContext run, RunOutcome outcome) {
    RunTally tally = run.progress().tally();
    return outcome instanceof RunOutcome.Completed
        && isRoutine(run)
        && tally.upserted() + tally.deleted() + tally.skipped() == 0
        && run.progress().attempts() == 1;
  }

  private static RunStatus status(RunOutcome outcome) {
    return switch (outcome) {
      case RunOutcome.Completed _ -> RunStatus.SUCCESS;
      case RunOutcome.Failed _ -> RunStatus.FAILED;
      case RunOutcome.Cancelled _ -> RunStatus.CANCELLED;
      case RunOutcome.AlreadyRunning _ ->
          throw new IllegalArgumentException("a run that never was has no end");
    };
  }

  private static Optional<String> error(RunOutcome outcome) {
    return outcome instanceof RunOutcome.Failed(_, _, String reason, _)
        ? Optional.of(reason)
        : Optional.empty();
  }
}
