package io.qupersync.application.query;

import io.qupersync.application.sync.LateCommits;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.domain.job.Lookback;
import io.qupersync.domain.job.WatermarkRule;
import io.qupersync.domain.progress.JobProgress;
import io.qupersync.domain.run.RunStatus;
import io.qupersync.domain.run.SyncRun;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// A job and how it stands.
///
/// @param lastRun the latest run, which may still be under way
/// @param decided the last run that succeeded or failed: it tells whether the job works
/// @param deadLetters rejected rows that wait
public record JobStatus(
    JobVariants job,
    JobProgress progress,
    Optional<SyncRun> lastRun,
    Optional<SyncRun> decided,
    long deadLetters,
    ScheduleStatus schedule) {

  private static final Pattern STEP = Pattern.compile("^(cannot [^:]*: )+(?=.)");

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /// How far the target may be behind the source: since the moment up to which all is known to have
  /// been copied. That is the watermark, or the beginning of the last run that ended well, which
  /// found nothing newer: a source that is quiet leaves nobody behind. Empty when the watermark is
  /// no time, or none the calendar knows.
  public Optional<Duration> lag(Instant now) {
    return progress
        .watermark()
        .flatMap(watermark -> watermark.first().instant())
        .map(moment -> lookedAt().filter(moment::isBefore).orElse(moment))
        .map(moment -> Duration.between(moment, now))
        .map(lag -> lag.isNegative() ? Duration.ZERO : lag);
  }

  /// When a run began that read all there was; empty where that is not sure.
  private Optional<Instant> lookedAt() {
    if (heldBack().isPresent()) {
      return Optional.empty();
    }
    Duration longest = job.provisioned().limits().timeout();
    return decided
        .filter(run -> run.status() == RunStatus.SUCCESS)
        .map(SyncRun::startedAt)
        .or(() -> progress.lastSync().map(ended -> ended.minus(longest)));
  }

  /// The run under way, on whichever instance. One whose end is written is over, although it may
  /// hold the job a moment longer; one that holds the job no more has died.
  public Optional<SyncRun> running() {
    return lastRun.filter(
        run -> run.status() == RunStatus.RUNNING && schedule.running().isPresent());
  }

  /// A job that failed is failing until a run of it ends well: neither the next run's beginning nor
  /// its cancelling has mended anything.
  public JobHealth health(Instant now) {
    boolean isPaused = schedule.paused().isPresent();
    if (!isPaused && failure().isPresent()) {
      return JobHealth.FAILING;
    }
    if (running().isPresent()) {
      return JobHealth.RUNNING;
    }
    if (isPaused) {
      return JobHealth.PAUSED;
    }
    if (schedule.nextRun().filter(now.minus(PATIENCE)::isAfter).isPresent()) {
      return JobHealth.LATE;
    }
    if (rejecting().isPresent()) {
      return JobHealth.INCOMPLETE;
    }
    return lastRun.isEmpty() ? JobHealth.NEVER_RAN : JobHealth.OK;
  }

  private Optional<SyncRun> failure() {
    return lastRun
        .filter(run -> run.status() == RunStatus.ABANDONED)
        .or(() -> decided.filter(run -> run.status() == RunStatus.FAILED));
  }

  private Optional<SyncRun> rejecting() {
    return decided.filter(run -> run.status() == RunStatus.SUCCESS && run.tally().skipped() > 0);
  }

  private static String rejected(SyncRun run) {
    return String.format(
        Locale.ROOT,
        "run %s rejected %,d of %,d rows, which are not in the target",
        run.id(),
        run.tally().skipped(),
        run.tally().extracted());
  }

  /// The same as [#reason], without the step that failed: what jobs that fail for one cause have in
  /// common.
  public Optional<String> cause(Instant now) {
    return reason(now).map(JobStatus::withoutStep);
  }

  /// Failures say `cannot read job 'orders': the server …; do this`.
  private static String withoutStep(String reason) {
    return STEP.matcher(reason).replaceFirst("");
  }

  /// Why it is not well, in one line; empty when there is nothing to say.
  public Optional<String> reason(Instant now) {
    return switch (health(now)) {
      case LATE -> schedule.nextRun().map("its run was due at %s and has not begun"::formatted);
      case FAILING -> failure().flatMap(SyncRun::error);
      case INCOMPLETE -> rejecting().map(JobStatus::rejected);
      case PAUSED -> schedule.paused().map(by -> "paused by %s at %s".formatted(by.by(), by.at()));
      case OK, RUNNING, NEVER_RAN -> Optional.empty();
    };
  }

  /// A lookback that would have caught every late row that was seen: the job's own when it did;
  /// empty when none was. Rows that nobody saw may have come later still.
  public Optional<Lookback> suggestedLookback() {
    return progress.lateness().flatMap(lateness -> lookback().map(lateness::suggested));
  }

  /// What holds its watermark back, according to the run that ended last; empty when nothing does.
  public Optional<String> heldBack() {
    return running().isPresent() ? Optional.empty() : lastRun.flatMap(LateCommits::heldBack);
  }

  /// Whether rows came later than the job looks back.
  public boolean looksBackTooLittle() {
    return suggestedLookback().isPresent() && !suggestedLookback().equals(lookback());
  }

  private Optional<Lookback> lookback() {
    return job.shared(shape -> shape.extraction().watermark().map(WatermarkRule::lookback))
        .flatMap(lookback -> lookback);
  }
}
