package io.qupersync.app;

import io.qupersync.domain.run.FatalErrors;
import io.qupersync.interfaces.cli.CommandLineParser;
import io.qupersync.interfaces.cli.Console;
import io.qupersync.interfaces.cli.ExitCode;
import io.qupersync.interfaces.cli.Failures;
import io.qupersync.interfaces.cli.GlobalOptions;
import io.qupersync.interfaces.cli.ParsedLine;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.TimeZone;

/// Where the program starts; the only place that asks the machine for its clock and its
/// environment.
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    // Both drivers lean on the JVM's zone in places; in UTC no night has an hour too many or too
    // few.
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    LastResort.install();
    ExitCode end = run(arguments);
    Logs.flush();
    System.exit(end.code());
  }

  private static ExitCode run(String[] arguments) {
    return switch (new CommandLineParser().parse(arguments)) {
      case ParsedLine.Information(String text) -> {
        Console.ofProcess(GlobalOptions.none()).result(text);
        yield ExitCode.DONE;
      }
      case ParsedLine.UsageError error ->
          failures(Console.ofProcess(GlobalOptions.none())).usage(error);
      case ParsedLine.Call(var command, var options) -> {
        Logs.configure(options);
        Console console = Console.ofProcess(options);
        var failures = failures(console);
        var commands =
            new Commands(
                console,
                failures,
                InstantSource.system(),
                new Environment(System.getenv(), Path.of("").toAbsolutePath()));
        try {
          yield commands.execute(command, options);
        } catch (RuntimeException | Error failure) {
          FatalErrors.passOn(failure);
          yield failures.report(failure);
        }
      }
    };
  }

  private static Failures failures(Console console) {
    return new Failures(console, Commands::kindOf);
  }
}
