package io.qupersync.interfaces.cli;

import io.qupersync.application.query.RunQueries;
import io.qupersync.domain.job.JobRegistry;
import io.qupersync.domain.run.SyncRun;
import java.util.List;
import java.util.Optional;

/// `runs`: the run log, latest first.
public final class RunsCommand {

  private final JobRegistry jobs;
  private final RunQueries queries;
  private final Console console;

  public RunsCommand(JobRegistry jobs, RunQueries queries, Console console) {
    this.jobs = jobs;
    this.queries = queries;
    this.console = console;
  }

  /// A job that is no longer defined may still have runs.
  ///
  /// @throws WrongUsage when the job is unknown and never ran
  public ExitCode execute(Command.Runs command) {
    List<SyncRun> runs =
        queries.list(command.job(), Optional.empty(), Optional.empty(), command.limit());
    if (runs.isEmpty()) {
      command.job().ifPresent(new JobSelection(jobs)::of);
    }
    List<RunLine> lines = runs.stream().map(RunLine::of).toList();
    if (console.json()) {
      console.resultAsJson(lines.stream().map(RunLine::json).toList());
    } else if (lines.isEmpty()) {
      console.result("no runs yet");
    } else {
      console.result(RunTables.log(lines));
      lines.forEach(this::printError);
    }
    return ExitCode.DONE;
  }

  private void printError(RunLine line) {
    line.error()
        .ifPresent(error ->
            console.result(
                "run %s, %s: %s"
                    .formatted(line.id().map(Object::toString).orElse(""), line.job(), error)));
  }
}
