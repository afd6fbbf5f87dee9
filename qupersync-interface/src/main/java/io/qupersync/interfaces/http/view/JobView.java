package io.qupersync.interfaces.http.view;

import io.qupersync.application.query.JobStatus;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.domain.job.Lookback;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.interfaces.text.JobTexts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A job, what it is and how it stands.
///
/// @param fullSchedule when a run reads everything, in words
/// @param running the run under way, on whichever instance
/// @param lastRun the run that began last, which may be under way
/// @param heldBack what keeps the watermark below the source's clock
/// @param health `ok`, `incomplete`, `late`, `failing`, `running`, `paused` or `never_ran`;
///   `failing` until a run ends well, also while one is under way
/// @param reason why it is not well
/// @param cause the same without the step that failed, by which jobs that fail alike are grouped
public record JobView(
    String id,
    Optional<String> description,
    String mode,
    String source,
    String target,
    List<String> key,
    List<String> watermarkColumns,
    ScheduleView schedule,
    List<String> after,
    boolean paused,
    Optional<Instant> nextRun,
    Optional<String> fullSchedule,
    Optional<Instant> nextFullRun,
    Optional<RunView> running,
    Optional<RunView> lastRun,
    Optional<Instant> lastSuccess,
    Optional<String> watermark,
    Optional<Long> lagSeconds,
    Optional<Long> suggestedLookbackSeconds,
    Optional<String> heldBack,
    long deadLetters,
    String health,
    Optional<String> reason,
    Optional<String> cause) {

  public JobView {
    key = List.copyOf(key);
    watermarkColumns = List.copyOf(watermarkColumns);
    after = List.copyOf(after);
  }

  /// @param lastRun how the status's last run is shown
  public static JobView of(JobStatus status, Optional<RunView> lastRun, Instant now) {
    JobVariants flavored = status.job();
    return new JobView(
        flavored.id().value(),
        flavored.description(),
        JobTexts.mode(flavored),
        JobTexts.source(flavored),
        JobTexts.target(flavored),
        JobTexts.key(flavored),
        JobTexts.watermarkColumns(flavored),
        ScheduleView.of(status.schedule()),
        flavored.after().stream().map(JobId::value).toList(),
        status.schedule().paused().isPresent(),
        status.schedule().nextRun(),
        status.schedule().full().map(JobTexts::schedule),
        status.schedule().nextFullRun(),
        lastRun.filter(_ -> status.running().isPresent()),
        lastRun,
        status.progress().lastSync(),
        status.progress().watermark().map(Watermark::toString),
        status.lag(now).map(Duration::toSeconds),
        status.suggestedLookback().flatMap(JobView::seconds),
        status.heldBack(),
        status.deadLetters(),
        status.health(now).name().toLowerCase(Locale.ROOT),
        status.reason(now),
        status.cause(now));
  }

  private static Optional<Long> seconds(Lookback lookback) {
    return switch (lookback) {
      case Lookback.OfTime(Duration reach) -> Optional.of(reach.toSeconds());
      case Lookback.Unsaid(Duration reach) -> Optional.of(reach.toSeconds());
      case Lookback.OfCount _, Lookback.None _ -> Optional.empty();
    };
  }

  /// What of it people have decided, and no run changes.
  public List<Object> definition() {
    return List.of(
        id,
        description,
        mode,
        source,
        target,
        key,
        watermarkColumns,
        schedule,
        fullSchedule,
        after,
        paused);
  }
}
