package io.qupersync.interfaces.cli;

import io.qupersync.application.query.RejectedRows;
import io.qupersync.application.query.RunQueries;
import io.qupersync.application.sync.RunRequest;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.JobRegistry;
import io.qupersync.domain.row.DeadLetter;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.interfaces.text.HumanText;
import io.qupersync.interfaces.text.Table;
import io.qupersync.interfaces.text.Table.Cell;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `dead-letters`: the rejected rows that wait for someone to look at them.
public final class DeadLettersCommand {

  private static final int SHORT = 80;

  private final JobRegistry jobs;
  private final RejectedRows letters;
  private final Runnable prepare;
  private final Console console;

  /// @param prepare what must be done before anything is changed
  public DeadLettersCommand(
      JobRegistry jobs, RejectedRows letters, Runnable prepare, Console console) {
    this.jobs = jobs;
    this.letters = letters;
    this.prepare = prepare;
    this.console = console;
  }

  /// A job that is no longer defined may still have letters.
  ///
  /// @throws WrongUsage when the job is unknown and has none
  public ExitCode list(Command.DeadLettersList command) {
    List<DeadLetter> found = letters.list(command.job(), 0, command.limit());
    requireJobUnless(!found.isEmpty(), command.job());
    if (console.json()) {
      console.resultAsJson(found.stream().map(DeadLettersCommand::json).toList());
    } else if (found.isEmpty()) {
      console.result("no dead letters");
    } else {
      console.result(table(found));
      long all = letters.count(command.job());
      if (all > found.size()) {
        console.result("and %s more".formatted(HumanText.count(all - found.size())));
      }
    }
    return ExitCode.DONE;
  }

  private static Table table(List<DeadLetter> letters) {
    Table table = Table.of(">id", ">run", ">times", "<column", "<reason", "<values");
    for (DeadLetter letter : letters) {
      table.row(
          Cell.of(Long.toString(letter.id())),
          Cell.of(letter.lastRun().toString()),
          Cell.of(letter.occurrences()),
          Cell.of(letter.column().orElse("")),
          Cell.of(letter.reason()),
          Cell.of(HumanText.shortened(HumanText.oneLine(values(letter)), SHORT)));
    }
    return table;
  }

  private static String values(DeadLetter letter) {
    return letter.values().entrySet().stream()
        .map(value -> value.getKey() + "=" + shown(value.getValue().orElse("NULL")))
        .collect(Collectors.joining(" "));
  }

  // before the whole row is cut, so that one long value does not hide the others
  private static String shown(String value) {
    return HumanText.shortened(value, SHORT / 4);
  }

  private static Map<String, @Nullable Object> json(DeadLetter letter) {
    var values = new LinkedHashMap<String, @Nullable Object>();
    letter.values().forEach((name, value) -> values.put(name, value.orElse(null)));
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("id", letter.id());
    json.put("sync_job_id", letter.job().value());
    json.put("run_id", letter.lastRun().value());
    json.put("occurrences", letter.occurrences());
    json.put("column_name", letter.column().orElse(null));
    json.put("reason", letter.reason());
    json.put("first_seen", letter.firstSeen().toString());
    json.put("last_seen", letter.lastSeen().toString());
    json.put("row_values", values);
    return json;
  }

  /// Asks nothing: the rows are still at the source.
  ///
  /// @throws WrongUsage when the job is unknown and has no letters
  public ExitCode discard(Command.DeadLettersDiscard command) {
    requireJobUnless(letters.count(command.job()) > 0, command.job());
    prepare.run();
    long discarded = letters.discard(command.job());
    if (console.json()) {
      console.resultAsJson(
          List.of(Map.of("sync_job_id", command.job().value(), "discarded", discarded)));
    } else {
      console.result(HumanText.count(discarded, "dead letter") + " discarded");
    }
    return ExitCode.DONE;
  }

  /// Replays as a run, and prints it as one.
  ///
  /// @param replay runs the letters of one job, on the thread that calls it
  /// @throws WrongUsage when the job is unknown
  public ExitCode replay(
      Command.DeadLettersReplay command,
      Function<RunRequest, RunOutcome> replay,
      RunQueries log,
      InstantSource clock) {
    var ordinary =
        new Command.Run(
            new JobChoice.Named(List.of(command.job())),
            new RunRequest.Scope.Ordinary(),
            RunRequest.Deletes.LIMITED);
    ExitCode code = new RunCommand(jobs, replay, log, console, clock).execute(ordinary, prepare);
    if (!console.json() && code == ExitCode.DONE) {
      long left = letters.count(command.job());
      console.result(
          left == 0 ? "no dead letters left" : HumanText.count(left, "dead letter") + " left");
    }
    return code;
  }

  private void requireJobUnless(boolean known, JobId job) {
    if (!known) {
      new JobSelection(jobs).of(job);
    }
  }
}
