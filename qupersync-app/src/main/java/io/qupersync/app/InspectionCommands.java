package io.qupersync.app;

import io.qupersync.application.inspect.RepairJob.Repaired;
import io.qupersync.interfaces.cli.CheckCommand;
import io.qupersync.interfaces.cli.Command;
import io.qupersync.interfaces.cli.Console;
import io.qupersync.interfaces.cli.DeadLettersCommand;
import io.qupersync.interfaces.cli.DiscoverCommand;
import io.qupersync.interfaces.cli.ExitCode;
import io.qupersync.interfaces.cli.ExplainCommand;
import io.qupersync.interfaces.cli.Failures;
import io.qupersync.interfaces.cli.PreviewCommand;
import io.qupersync.interfaces.cli.VerifyCommand;
import io.qupersync.interfaces.cli.WatermarkMoveCommand;
import java.time.InstantSource;
import java.util.Optional;

/// Gives the commands that look after jobs what they need.
final class InspectionCommands {

  private final Qupersync program;
  private final Console console;
  private final Failures failures;
  private final InstantSource clock;

  InspectionCommands(Qupersync program, Console console, Failures failures, InstantSource clock) {
    this.program = program;
    this.console = console;
    this.failures = failures;
    this.clock = clock;
  }

  ExitCode execute(Command.Inspection command) {
    InspectionTools tools = program.inspections();
    return switch (command) {
      case Command.Verify verify -> verify(verify, tools);
      case Command.Check _ ->
          new CheckCommand(program.jobs(), tools.check()::check, console).execute();
      case Command.Discover discover ->
          new DiscoverCommand(tools.discover(), console).list(discover);
      case Command.Draft draft -> new DiscoverCommand(tools.discover(), console).draft(draft);
      case Command.Preview preview ->
          new PreviewCommand(program.jobs(), tools.preview()::preview, console).execute(preview);
      case Command.Explain explain -> {
        program.settleFlavor();
        yield new ExplainCommand(program.jobs(), tools.explain()::explain, console)
            .execute(explain);
      }
    };
  }

  private ExitCode verify(Command.Verify command, InspectionTools tools) {
    var verify =
        new VerifyCommand(
            program.jobs(),
            job -> new Repaired(Optional.empty(), tools.verify().verify(job)),
            tools.repair()::repair,
            console,
            failures);
    try (var _ = Interruption.stopping(program.runs())) {
      return verify.execute(command, program::bringStateUpToDate);
    }
  }

  ExitCode execute(Command.Maintenance command) {
    InspectionTools tools = program.inspections();
    Runnable prepare = program::bringStateUpToDate;
    var letters = new DeadLettersCommand(program.jobs(), tools.rejectedRows(), prepare, console);
    var watermark =
        new WatermarkMoveCommand(program.jobs(), tools.moveWatermark(), prepare, console);
    return switch (command) {
      case Command.WatermarkSet set -> watermark.set(set);
      case Command.WatermarkReset reset -> watermark.reset(reset);
      case Command.WatermarkKeep keep -> watermark.keep(keep);
      case Command.DeadLettersList list -> letters.list(list);
      case Command.DeadLettersDiscard discard -> letters.discard(discard);
      case Command.DeadLettersReplay replay -> {
        try (var _ = Interruption.stopping(program.runs())) {
          yield letters.replay(replay, tools.replay()::replay, program.runQueries(), clock);
        }
      }
    };
  }
}
