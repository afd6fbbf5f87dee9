package io.qupersync.interfaces.cli;

import io.qupersync.application.inspect.Explanation;
import io.qupersync.domain.job.JobRegistry;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.row.DeadLetter;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.SyncRun;
import io.qupersync.interfaces.text.HumanText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// `explain`: why a row is, or is not, in the target.
public final class ExplainCommand {

  private final JobRegistry jobs;
  private final Explaining explain;
  private final Console console;

  /// Looks for the row with a key.
  @FunctionalInterface
  public interface Explaining {
    Explanation of(JobVariants job, List<String> key);
  }

  public ExplainCommand(JobRegistry jobs, Explaining explain, Console console) {
    this.jobs = jobs;
    this.explain = explain;
    this.console = console;
  }

  /// @throws WrongUsage when the job is unknown
  public ExitCode execute(Command.Explain command) {
    JobVariants job = new JobSelection(jobs).of(command.job());
    Explanation found = explain.of(job, key(job, command.key()));
    if (console.json()) {
      console.resultAsJson(List.of(json(found)));
    } else {
      console.result(DetailTable.text(lines(found)));
      console.result(found.verdict());
    }
    return ExitCode.DONE;
  }

  /// A single text is split only where the key has several columns: a text may hold commas itself.
  private static List<String> key(JobVariants job, List<String> typed) {
    long columns = job.shared(ExplainCommand::keyColumns).orElse(1L);
    return typed.size() == 1 && columns > 1 ? List.of(typed.getFirst().split(",", -1)) : typed;
  }

  private static long keyColumns(SyncJob job) {
    return job.destination().key().stream()
        .filter(name -> !job.destination().stamps().source().equals(Optional.of(name)))
        .count();
  }

  private static SequencedMap<String, String> lines(Explanation found) {
    var lines = new LinkedHashMap<String, String>();
    lines.put("job", found.job().value());
    lines.put("key", found.key());
    lines.put("source", found.atSource() == 0 ? "none" : HumanText.count(found.atSource(), "row"));
    lines.put("target", target(found));
    lines.put("row's watermark", found.rowWatermark().orElse("none"));
    lines.put("job's watermark", found.jobWatermark().orElse("none"));
    lines.put("last run", found.lastRun().map(ExplainCommand::run).orElse("never"));
    for (DeadLetter letter : found.letters()) {
      lines.put("dead letter " + letter.id(), letter.reason());
    }
    return lines;
  }

  private static String target(Explanation found) {
    if (!found.inTarget()) {
      return "none";
    }
    return found.differing().isEmpty()
        ? "the same row"
        : "differs in " + String.join(", ", found.differing());
  }

  private static String run(SyncRun run) {
    return "%s, %s, %s"
        .formatted(run.id(), run.status().word(), HumanText.instant(run.startedAt()));
  }

  private static Map<String, @Nullable Object> json(Explanation found) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("job", found.job().value());
    json.put("key", found.key());
    json.put("source_rows", found.atSource());
    json.put("in_target", found.inTarget());
    json.put("differing", found.differing());
    json.put("row_watermark", found.rowWatermark().orElse(null));
    json.put("job_watermark", found.jobWatermark().orElse(null));
    json.put("dead_letters", found.letters().stream().map(DeadLetter::id).toList());
    json.put("last_run", found.lastRun().map(SyncRun::id).map(RunId::value).orElse(null));
    json.put("verdict", found.verdict());
    return json;
  }
}
