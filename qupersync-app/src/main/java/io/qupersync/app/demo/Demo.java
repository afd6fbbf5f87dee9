package io.qupersync.app.demo;

import io.qupersync.interfaces.cli.Command;
import io.qupersync.interfaces.cli.Console;
import io.qupersync.interfaces.cli.ExitCode;
import io.qupersync.sandbox.Sandbox;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

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

  /// @param show runs all jobs against the databases that the environment names, and shows what
  ///   else there is to see, for as long as somebody looks
  /// @return what running the jobs came to
  public ExitCode run(Command.Demo command, Function<Map<String, String>, ExitCode> show) {
    console.progress("starting a PostgreSQL and a stand-in for Redshift ...");
    var gone = new CountDownLatch(1);
    try (var sandbox = Sandbox.start(command.scale(), clock)) {
      // after Ctrl-C a run under way is cancelled, and that is written down in the target
      sandbox.atExitWaitFor(gone);
      return show.apply(sandbox.environment());
    } finally {
      gone.countDown();
    }
  }
}
