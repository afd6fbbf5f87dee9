package io.qupersync.app.demo;

import io.qupersync.interfaces.cli.Command;
import io.qupersync.interfaces.cli.Console;
import io.qupersync.interfaces.cli.ExitCode;
import io.qupersync.sandbox.Sandbox;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Shows the product on a machine that has nothing: two embedded databases, one of them behind a
/// stand-in for Redshift, and the same program as ever, configured as a stranger would do it, by
/// environment variables.
public final class Demo {

  private final Console console;
  private final InstantSource clock;

  public Demo(Console console, InstantSource clock) {
    this.console = console;
    this.clock = clock;
  }

  /// @param runAll runs all jobs against the databases that the environment names
  /// @return what running the jobs came to
  public ExitCode run(Command.Demo command, Function<Map<String, String>, ExitCode> runAll) {
    console.progress("starting a PostgreSQL and a stand-in for Redshift ...");
    try (var sandbox = Sandbox.start(command.scale(), clock)) {
      ExitCode result = runAll.apply(sandbox.environment());
      if (!command.once()) {
        stayUp(sandbox.environment());
      }
      return result;
    }
  }

  private void stayUp(Map<String, String> environment) {
    console.message(howToLook(environment));
    try {
      // Ctrl-C ends the process; the servers end with it
      new CountDownLatch(1).await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static String howToLook(Map<String, String> at) {
    String exports =
        at.entrySet().stream()
            .map(variable -> "  export %s=%s".formatted(variable.getKey(), variable.getValue()))
            .collect(Collectors.joining("\n"));
    return """

    Both databases stay up until Ctrl-C. Look around in the target:
      psql "host=%s port=%s dbname=%s user=%s password=%s" -c 'select * from quper.table_stats limit 5'
    Or use QuperSync itself, in another shell:
    %s
      ./qupersync run --all      # nothing has changed: nothing is written
      ./qupersync status
    """
        .formatted(
            at.get("POSTGRES_HOST"),
            at.get("POSTGRES_PORT"),
            at.get("POSTGRES_DB"),
            at.get("POSTGRES_USER"),
            at.get("POSTGRES_PASSWORD"),
            exports);
  }
}
