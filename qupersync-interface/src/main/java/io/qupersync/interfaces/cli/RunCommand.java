package io.qupersync.interfaces.cli;

import io.qupersync.application.query.RunQueries;
import io.qupersync.application.sync.RunRequest;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.JobRegistry;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.domain.run.RunStatus;
import io.qupersync.domain.run.SyncRun;
import io.qupersync.domain.run.Trigger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;

/// `run`: runs jobs one after the other, prints one table or one JSON array of what they did.
///
/// Progress is shown by the [ProgressDisplay] that whoever built the run function gave it. To
/// cancel from outside, cancel the run itself: it then reports so, the jobs after it do not start,
/// and the table is printed.
public final class RunCommand {

  private final JobRegistry jobs;
  private final Function<RunRequest, RunOutcome> run;
  private final RunQueries log;
  private final Console console;
  private final InstantSource clock;

  /// @param run runs one job to its end, on the thread that calls it
  public RunCommand(
      JobRegistry jobs,
      Function<RunRequest, RunOutcome> run,
      RunQueries log,
      Console console,
      InstantSource clock) {
    this.jobs = jobs;
    this.run = run;
    this.log = log;
    this.console = console;
    this.clock = clock;
  }

  private record Result(RunLine line, RunOutcome outcome) {}

  /// @param prepare what must be done before the first run; not done when the command makes no
  ///   sense
  /// @throws WrongUsage when a job is unknown; nothing has been run then
  public ExitCode execute(Command.Run command, Runnable prepare) {
    List<JobVariants> chosen = new JobSelection(jobs).of(command.jobs());
    prepare.run();
    List<Result> results = runAll(chosen, command);
    print(results.stream().map(Result::line).toList());
    tellSkipped(chosen.subList(results.size(), chosen.size()));
    return ExitCode.worst(results.stream().map(result -> ExitCode.of(result.outcome())).toList());
  }

  private List<Result> runAll(List<JobVariants> chosen, Command.Run command) {
    var results = new ArrayList<Result>();
    // a run must have a virtual thread of its own: only there does an interrupt reach a read
    var threads = Thread.ofVirtual().name("run-", 1).factory();
    try (ExecutorService executor = Executors.newThreadPerTaskExecutor(threads)) {
      for (JobVariants job : chosen) {
        var request = new RunRequest(job.id(), Trigger.CLI, command.scope(), command.deletes());
        Result result = CompletableFuture.supplyAsync(() -> result(request), executor).join();
        results.add(result);
        if (result.outcome() instanceof RunOutcome.Cancelled) {
          break;
        }
      }
    }
    return results;
  }

  private Result result(RunRequest request) {
    Instant startedAt = clock.instant();
    RunOutcome outcome = run.apply(request);
    Instant endedAt = clock.instant();
    RunLine line =
        numberOf(outcome)
            .flatMap(number -> ended(request.job(), number))
            .map(RunLine::of)
            .orElseGet(() -> RunLine.of(request.job(), outcome, startedAt, endedAt));
    return new Result(line, outcome);
  }

  private static Optional<RunId> numberOf(RunOutcome outcome) {
    return switch (outcome) {
      case RunOutcome.Completed(RunId id, _, _) -> Optional.of(id);
      case RunOutcome.Failed(var id, _, _, _) -> id;
      case RunOutcome.Cancelled(RunId id, _) -> Optional.of(id);
      case RunOutcome.AlreadyRunning _ -> Optional.empty();
    };
  }

  /// What the run log says of a run that has ended. A log that cannot be asked costs some columns
  /// of the table, but not the outcome, which is known without it.
  private Optional<SyncRun> ended(JobId job, RunId number) {
    try {
      return log.find(number).filter(run -> run.status() != RunStatus.RUNNING);
    } catch (RuntimeException unreachable) {
      console.message(
          "%s: run %s cannot be read back from the run log: %s"
              .formatted(job, number, unreachable.getMessage()));
      return Optional.empty();
    }
  }

  private void print(List<RunLine> lines) {
    if (console.json()) {
      console.resultAsJson(lines.stream().map(RunLine::json).toList());
      RunTables.remarks(lines).forEach(console::message);
    } else {
      console.result(RunTables.results(lines));
      RunTables.remarks(lines).forEach(console::result);
    }
  }

  private void tellSkipped(List<JobVariants> notStarted) {
    if (!notStarted.isEmpty()) {
      console.message(
          notStarted.stream()
              .map(job -> job.id().value())
              .collect(Collectors.joining(", ", "not started: ", "")));
    }
  }
}
