package io.qupersync.interfaces.cli;

import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.domain.run.RunTally;
import io.qupersync.domain.run.SyncRun;
import io.qupersync.domain.run.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// A run, or an attempt at one, as the command line shows it.
///
/// @param id empty when it failed before it got a number; of a job that is already running, the run
///   that holds it
/// @param tally empty when nothing was run
record RunLine(
    Optional<RunId> id,
    JobId job,
    Optional<Trigger> trigger,
    String status,
    Optional<Instant> startedAt,
    Optional<Instant> completedAt,
    Optional<RunTally> tally,
    Optional<Integer> attempts,
    Optional<String> watermarkFrom,
    Optional<String> watermarkTo,
    Optional<String> error,
    Optional<String> remark) {

  static final String ALREADY_RUNNING = "already_running";

  static RunLine of(SyncRun run) {
    return new RunLine(
        Optional.of(run.id()),
        run.job(),
        Optional.of(run.trigger()),
        run.status().word(),
        Optional.of(run.startedAt()),
        run.completedAt(),
        Optional.of(run.tally()),
        Optional.of(run.attempts()),
        run.watermarkFrom(),
        run.watermarkTo(),
        run.error(),
        run.remark());
  }

  /// What is known of a run that the run log does not tell of.
  static RunLine of(JobId job, RunOutcome outcome, Instant startedAt, Instant completedAt) {
    var attempt = new Attempt(job, startedAt, completedAt);
    return switch (outcome) {
      case RunOutcome.Completed(RunId run, RunTally tally, var reached) ->
          attempt.line(
              Optional.of(run), "success", tally, reached.map(Object::toString), Optional.empty());
      case RunOutcome.Failed(var run, _, String reason, RunTally tally) ->
          attempt.line(run, "failed", tally, Optional.empty(), Optional.of(reason));
      case RunOutcome.Cancelled(RunId run, RunTally tally) ->
          attempt.line(Optional.of(run), "cancelled", tally, Optional.empty(), Optional.empty());
      case RunOutcome.AlreadyRunning(RunId holder) -> alreadyRunning(job, holder);
    };
  }

  private record Attempt(JobId job, Instant startedAt, Instant completedAt) {
    RunLine line(
        Optional<RunId> run,
        String status,
        RunTally tally,
        Optional<String> reached,
        Optional<String> error) {
      return new RunLine(
          run,
          job,
          Optional.of(Trigger.CLI),
          status,
          Optional.of(startedAt),
          Optional.of(completedAt),
          Optional.of(tally),
          Optional.empty(),
          Optional.empty(),
          reached,
          error,
          Optional.empty());
    }
  }

  private static RunLine alreadyRunning(JobId job, RunId holder) {
    return new RunLine(
        Optional.of(holder),
        job,
        Optional.empty(),
        ALREADY_RUNNING,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /// How long it took; empty while it is under way.
  Optional<Duration> duration() {
    return startedAt.flatMap(start -> completedAt.map(end -> Duration.between(start, end)));
  }

  /// The columns of `sync_logs`, all of them always.
  Map<String, @Nullable Object> json() {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("run_id", id.map(RunId::value).orElse(null));
    json.put("sync_job_id", job.value());
    json.put("trigger", trigger.map(Trigger::word).orElse(null));
    json.put("status", status);
    json.put("started_at", startedAt.map(Instant::toString).orElse(null));
    json.put("completed_at", completedAt.map(Instant::toString).orElse(null));
    json.put("duration_ms", duration().map(Duration::toMillis).orElse(null));
    json.put("rows_extracted", rows(RunTally::extracted));
    json.put("rows_upserted", rows(RunTally::upserted));
    json.put("rows_inserted", rows(RunTally::inserted));
    json.put("rows_updated", rows(RunTally::updated));
    json.put("rows_unchanged", rows(RunTally::unchanged));
    json.put("rows_deleted", rows(RunTally::deleted));
    json.put("rows_skipped", rows(RunTally::skipped));
    json.put("rows_duplicate", rows(RunTally::duplicates));
    json.put("attempts", attempts.orElse(null));
    json.put("error_count", errorCount().orElse(null));
    json.put("watermark_from", watermarkFrom.orElse(null));
    json.put("watermark_to", watermarkTo.orElse(null));
    json.put("error", error.orElse(null));
    json.put("remark", remark.orElse(null));
    return json;
  }

  /// Empty when nothing was run.
  private Optional<Long> errorCount() {
    long failure = status.equals("failed") || status.equals("abandoned") ? 1 : 0;
    return tally.map(counts -> counts.skipped() + attempts.orElse(1) - 1 + failure);
  }

  private @Nullable Long rows(ToLongFunction<RunTally> count) {
    return tally.map(count::applyAsLong).orElse(null);
  }
}
