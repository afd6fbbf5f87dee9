package io.qupersync.interfaces.cli;

import io.qupersync.application.sync.MoveWatermark;
import io.qupersync.application.sync.MoveWatermark.Moved;
import io.qupersync.domain.job.FirstRead;
import io.qupersync.domain.job.JobRegistry;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.job.WatermarkRule;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.interfaces.text.HumanText;
import io.qupersync.interfaces.text.JobTexts;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `watermark set`, `watermark reset` and `watermark keep`: settle a job's watermark by hand, and
/// say what the next run will read.
public final class WatermarkMoveCommand {

  private final JobRegistry jobs;
  private final MoveWatermark move;
  private final Runnable prepare;
  private final Console console;

  /// @param prepare what must be done before anything is changed
  public WatermarkMoveCommand(
      JobRegistry jobs, MoveWatermark move, Runnable prepare, Console console) {
    this.jobs = jobs;
    this.move = move;
    this.prepare = prepare;
    this.console = console;
  }

  /// @throws WrongUsage when the job is unknown
  public ExitCode set(Command.WatermarkSet command) {
    JobVariants job = new JobSelection(jobs).of(command.job());
    prepare.run();
    Moved moved = move.set(job, command.values());
    String next = "from %s on".formatted(moved.nextFrom().orElse(moved.watermark()));
    print(job, Optional.of(moved.watermark()), next, "none");
    return ExitCode.DONE;
  }

  /// @throws WrongUsage when the job is unknown
  public ExitCode reset(Command.WatermarkReset command) {
    JobVariants job = new JobSelection(jobs).of(command.job());
    prepare.run();
    move.reset(job.id());
    print(job, Optional.empty(), firstRead(job), "forgotten");
    return ExitCode.DONE;
  }

  /// @throws WrongUsage when the job is unknown
  public ExitCode keep(Command.WatermarkKeep command) {
    JobVariants job = new JobSelection(jobs).of(command.job());
    prepare.run();
    MoveWatermark.Kept kept = move.keep(job);
    String next = kept.nextFrom().map("from %s on"::formatted).orElseGet(() -> firstRead(job));
    print(job, kept.watermark(), next, "none yet");
    return ExitCode.DONE;
  }

  private static String firstRead(JobVariants job) {
    return JobTexts.either(job, WatermarkMoveCommand::firstRead);
  }

  private static String firstRead(SyncJob job) {
    return job.extraction()
        .watermark()
        .map(WatermarkRule::first)
        .map(first ->
            switch (first) {
              case FirstRead.Everything _ -> "everything";
              case FirstRead.Ago(Duration reach) ->
                  "the last %s, as its first run did".formatted(HumanText.duration(reach));
              case FirstRead.At(String value) ->
                  "from %s on, as its first run did".formatted(value);
            })
        .orElse("everything, as every run of it does");
  }

  private void print(
      JobVariants job, Optional<Watermark> watermark, String next, String withoutOne) {
    if (console.json()) {
      var json = new LinkedHashMap<String, @Nullable Object>();
      json.put("job", job.id().value());
      json.put("watermark", watermark.map(Watermark::toString).orElse(null));
      json.put("next_run_reads", next);
      console.resultAsJson(List.of(json));
    } else {
      console.result(
          "%s: the watermark is %s; the next run reads %s"
              .formatted(job.id(), watermark.map(mark -> mark + " now").orElse(withoutOne), next));
    }
  }
}
