package io.qupersync.interfaces.cli;

import io.qupersync.interfaces.cli.text.Wording;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/// `migrate`: brings the state schema up to date.
public final class MigrateCommand {

  private final IntSupplier migrations;
  private final Console console;

  /// @param migrations applies what is missing and says how many migrations that were
  public MigrateCommand(IntSupplier migrations, Console console) {
    this.migrations = migrations;
    this.console = console;
  }

  public ExitCode execute() {
    int applied = migrations.getAsInt();
    if (console.json()) {
      console.resultAsJson(List.of(Map.of("migrations_applied", applied)));
    } else if (applied == 0) {
      console.result("the state schema was up to date");
    } else {
      console.result(
          "the state schema is up to date now: %s applied"
              .formatted(Wording.count(applied, "migration")));
    }
    return ExitCode.DONE;
  }
}
