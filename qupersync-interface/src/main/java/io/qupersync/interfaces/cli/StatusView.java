package io.qupersync.interfaces.cli;

import io.qupersync.application.query.JobStatus;
import io.qupersync.domain.job.ManualOverride;
import io.qupersync.domain.progress.Checkpoint;
import io.qupersync.domain.progress.Lateness;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.run.SyncRun;
import io.qupersync.interfaces.text.AnsiStyle;
import io.qupersync.interfaces.text.HumanText;
import io.qupersync.interfaces.text.JobTexts;
import io.qupersync.interfaces.text.Table.Cell;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a job stands, in words.
record StatusView(JobStatus status, Instant now) {

  String job() {
    return status.job().id().value();
  }

  String mode() {
    return JobTexts.mode(status.job());
  }

  String schedule() {
    return JobTexts.schedule(status.schedule().inForce());
  }

  Cell lastStatus() {
    return status
        .lastRun()
        .map(run -> RunTables.status(run.status().word()))
        .orElse(new Cell("never", AnsiStyle.FAINT));
  }

  String lastWhen() {
    return status.lastRun().map(run -> ago(run.startedAt())).orElse("");
  }

  Cell lastExtracted() {
    return status.lastRun().map(run -> Cell.of(run.tally().extracted())).orElse(Cell.of(""));
  }

  Optional<String> watermark() {
    return status.progress().watermark().map(Watermark::toString);
  }

  long deadLetters() {
    return status.deadLetters();
  }

  String lagText() {
    return lag().map(HumanText::duration).orElse("");
  }

  Optional<Duration> lag() {
    return status.lag(now);
  }

  /// What late rows say of the lookback; empty when none came late.
  Optional<String> lateness() {
    return status
        .progress()
        .lateness()
        .map(late ->
            "up to %s late (%s); %s"
                .formatted(
                    JobTexts.lateBy(late.most()),
                    HumanText.count(late.rows(), "row"),
                    status.looksBackTooLittle()
                        ? "raise lookback to %s, unless they had been deleted in the target"
                            .formatted(suggestion())
                        : "lookback %s caught them".formatted(suggestion())));
  }

  /// What should be changed in the job's definition; empty when nothing should.
  Optional<String> advice() {
    return lateness()
        .filter(_ -> status.looksBackTooLittle())
        .map(text -> job() + ": rows came " + text);
  }

  /// What holds the watermark back; empty when nothing does.
  Optional<String> heldBack() {
    return status.heldBack().map(why -> job() + ": " + why);
  }

  private String suggestion() {
    return status.suggestedLookback().map(JobTexts::lookback).orElse("");
  }

  /// All of it, one thing per line.
  String details() {
    var lines = new LinkedHashMap<String, String>();
    lines.put("job", job());
    lines.put("mode", mode());
    lines.put("source", JobTexts.source(status.job()));
    lines.put("target", JobTexts.target(status.job()));
    lines.put("schedule", schedule() + origin());
    status
        .schedule()
        .paused()
        .ifPresent(by -> lines.put("paused", "by %s, %s".formatted(by.by(), at(by.at()))));
    status.schedule().nextRun().ifPresent(next -> lines.put("next run", HumanText.instant(next)));
    status
        .schedule()
        .nextFullRun()
        .ifPresent(next -> lines.put("next full run", HumanText.instant(next)));
    lines.put("last run", status.lastRun().map(this::described).orElse("never"));
    status.lastRun().flatMap(SyncRun::error).ifPresent(error -> lines.put("error", error));
    lines.put("last success", status.progress().lastSync().map(this::at).orElse("never"));
    lines.put("watermark", watermark().orElse("none"));
    checkpoint().ifPresent(checkpoint -> lines.put("checkpoint", checkpoint));
    status.progress().origin().ifPresent(origin -> WatermarkOriginText.add(lines, origin));
    status.heldBack().ifPresent(why -> lines.put("held back", why));
    lag().ifPresent(lag -> lines.put("lag", HumanText.duration(lag)));
    lateness().ifPresent(lateness -> lines.put("lateness", lateness));
    lines.put("dead letters", HumanText.count(deadLetters()));
    return DetailTable.text(lines);
  }

  private String origin() {
    return status
        .schedule()
        .changed()
        .map(by -> ", changed by %s at %s".formatted(by.by(), HumanText.instant(by.at())))
        .orElse("");
  }

  private String described(SyncRun run) {
    return "run %s %s, %s, %s read, %s written, %s rejected"
        .formatted(
            run.id(),
            RunTables.status(run.status().word()).text(),
            at(run.startedAt()),
            HumanText.count(run.tally().extracted(), "row"),
            HumanText.count(run.tally().upserted()),
            HumanText.count(run.tally().skipped()));
  }

  private Optional<String> checkpoint() {
    return status.progress().checkpoint().map(Checkpoint::at).map(Watermark::toString);
  }

  private String at(Instant moment) {
    return "%s (%s)".formatted(HumanText.instant(moment), ago(moment));
  }

  private String ago(Instant moment) {
    return HumanText.duration(Duration.between(moment, now)) + " ago";
  }

  Map<String, @Nullable Object> json() {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("job", job());
    json.put("mode", mode());
    json.put("source", JobTexts.source(status.job()));
    json.put("target", JobTexts.target(status.job()));
    json.put("schedule", schedule());
    json.put("schedule_origin", status.schedule().changed().isPresent() ? "changed" : "file");
    json.put(
        "schedule_changed_by", status.schedule().changed().map(ManualOverride::by).orElse(null));
    json.put("paused", status.schedule().paused().isPresent());
    json.put("next_run", status.schedule().nextRun().map(Instant::toString).orElse(null));
    json.put("next_full_run", status.schedule().nextFullRun().map(Instant::toString).orElse(null));
    json.put("last_run", status.lastRun().map(RunLine::of).map(RunLine::json).orElse(null));
    json.put("last_sync_time", status.progress().lastSync().map(Instant::toString).orElse(null));
    json.put("watermark", watermark().orElse(null));
    json.put("checkpoint", checkpoint().orElse(null));
    json.put("held_back", status.heldBack().orElse(null));
    json.put("lag_seconds", lag().map(Duration::toSeconds).orElse(null));
    json.put("late_rows", status.progress().lateness().map(Lateness::rows).orElse(0L));
    json.put(
        "late_by",
        status.progress().lateness().map(Lateness::most).map(JobTexts::lateBy).orElse(null));
    json.put("suggested_lookback", status.suggestedLookback().map(JobTexts::lookback).orElse(null));
    json.put("dead_letters", deadLetters());
    return json;
  }
}
