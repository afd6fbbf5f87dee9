package io.qupersync.interfaces.cli;

import io.qupersync.application.query.JobQueries;
import io.qupersync.application.query.JobStatus;
import io.qupersync.domain.job.JobRegistry;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.domain.progress.Checkpoint;
import io.qupersync.domain.progress.JobProgress;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.progress.WatermarkOrigin;
import io.qupersync.interfaces.text.HumanText;
import io.qupersync.interfaces.text.JobTexts;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `watermark show`: how far a job has read.
public final class WatermarkShowCommand {

  private final JobRegistry jobs;
  private final JobQueries queries;
  private final Console console;

  public WatermarkShowCommand(JobRegistry jobs, JobQueries queries, Console console) {
    this.jobs = jobs;
    this.queries = queries;
    this.console = console;
  }

  /// @throws WrongUsage when the job is unknown
  public ExitCode execute(Command.WatermarkShow command) {
    JobVariants job = new JobSelection(jobs).of(command.job());
    JobProgress progress =
        queries.find(job.id()).map(JobStatus::progress).orElse(JobProgress.none());
    if (console.json()) {
      printJson(job, progress);
    } else {
      printText(job, progress);
    }
    return ExitCode.DONE;
  }

  private void printText(JobVariants job, JobProgress progress) {
    String columns =
        JobTexts.either(job, shape -> String.join(", ", JobTexts.watermarkColumns(shape)));
    var lines = new LinkedHashMap<String, String>();
    lines.put("job", job.id().value());
    lines.put("column", columns.isEmpty() ? "none: every run reads everything" : columns);
    lines.put("watermark", watermark(progress).orElse("none"));
    checkpoint(progress).ifPresent(at -> lines.put("checkpoint", at + " (of a run that died)"));
    progress.origin().ifPresent(origin -> WatermarkOriginText.add(lines, origin));
    lines.put("last success", progress.lastSync().map(HumanText::instant).orElse("never"));
    console.result(DetailTable.text(lines));
  }

  private void printJson(JobVariants job, JobProgress progress) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("job", job.id().value());
    json.put("watermark_columns", JobTexts.watermarkColumns(job));
    json.put("watermark", watermark(progress).orElse(null));
    json.put("checkpoint", checkpoint(progress).orElse(null));
    json.put("made_for", progress.origin().map(WatermarkOriginText::json).orElse(null));
    json.put("lost", progress.origin().flatMap(WatermarkOrigin::lost).orElse(null));
    json.put("last_sync_time", progress.lastSync().map(Instant::toString).orElse(null));
    console.resultAsJson(List.of(json));
  }

  private static Optional<String> watermark(JobProgress progress) {
    return progress.watermark().map(Watermark::toString);
  }

  private static Optional<String> checkpoint(JobProgress progress) {
    return progress.checkpoint().map(Checkpoint::at).map(Watermark::toString);
  }
}
