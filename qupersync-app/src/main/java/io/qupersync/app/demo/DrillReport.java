package io.qupersync.app.demo;

import io.qupersync.interfaces.cli.Command;
import io.qupersync.interfaces.cli.Console;
import io.qupersync.interfaces.cli.DrillTable;
import io.qupersync.interfaces.cli.ExitCode;
import io.qupersync.sandbox.drill.DrillResult;
import io.qupersync.sandbox.drill.DrillSettings;
import io.qupersync.sandbox.drill.Drills;
import java.time.InstantSource;

/// Has the sandbox drill this very program, and tells what came of it.
public final class DrillReport {

  private final Console console;
  private final InstantSource clock;

  public DrillReport(Console console, InstantSource clock) {
    this.console = console;
    this.clock = clock;
  }

  public ExitCode run(Command.Drill command) {
    long seed = command.seed().orElseGet(clock::millis);
    DrillSettings settings;
    try {
      String program = System.getProperty("java.class.path");
      settings = new DrillSettings(command.rounds(), command.only(), seed, program);
    } catch (IllegalArgumentException wrong) {
      console.message("error: " + wrong.getMessage());
      return ExitCode.USAGE;
    }
    console.progress("drilling with seed %d ...".formatted(seed));
    var drills = new Drills(settings, console::progress);
    return new DrillTable(console).show(drills.run().stream().map(DrillReport::line).toList());
  }

  private static DrillTable.Line line(DrillResult result) {
    return new DrillTable.Line(
        result.drill(),
        result.rounds(),
        result.runs(),
        result.faults(),
        result.compared(),
        result.differences(),
        result.complaints(),
        result.remark());
  }
}
