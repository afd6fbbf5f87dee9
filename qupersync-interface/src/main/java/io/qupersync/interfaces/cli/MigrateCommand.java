package io.qupersync.interfaces.cli;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// `migrate`: brings the state schema up to date.
public final class MigrateCommand {

  private final Supplier<List<String>> migrate;
  private final Console console;

  /// @param migrate applies the migrations that are missing, and names them
  public MigrateCommand(Supplier<List<String>> migrate, Console console) {
    this.migrate = migrate;
    this.console = console;
  }

  public ExitCode execute() {
    List<String> applied = migrate.get();
    if (console.json()) {
      console.resultAsJson(applied.stream().map(name -> Map.of("migration", name)).toList());
    } else if (applied.isEmpty()) {
      console.result("the state schema is up to date, nothing to do");
    } else {
      applied.forEach(name -> console.result("applied " + name));
    }
    return ExitCode.DONE;
  }
}
