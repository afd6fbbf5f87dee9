package io.qupersync.app;

import io.qupersync.app.config.Configuration;
import io.qupersync.app.config.LoadResult;
import io.qupersync.app.config.ServerConfig;
import io.qupersync.interfaces.cli.Console;
import io.qupersync.interfaces.http.AddressTaken;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The service as the demo shows it: on the first free port, until Ctrl-C or SIGTERM.
final class DemoService {

  private static final String HOST = "127.0.0.1";
  private static final int FIRST_PORT = 8080;
  private static final int PORTS = 20;

  private final Qupersync program;
  private final Monitoring monitoring;
  private final Console console;
  private final InstantSource clock;

  DemoService(Qupersync program, Monitoring monitoring, Console console, InstantSource clock) {
    this.program = program;
    this.monitoring = monitoring;
    this.console = console;
    this.clock = clock;
  }

  /// Runs the jobs by their schedules, and returns after Ctrl-C or SIGTERM. A run under way is
  /// cancelled and logged as such, for the databases end with the demo.
  void serve(Configuration configuration, Map<String, String> environment) {
    try (var deadline = new ShutdownDeadline(RunningService.longestStop(Duration.ZERO));
        var signals = Signals.heard(program.runs()::cancelAllForGood, deadline::begin);
        var runningService = start(FIRST_PORT)) {
      runningService.schedule(
          configuration, () -> new LoadResult.Done(configuration), monitoring::use);
      console.message(howToLook(signals.howToStop(), runningService.address(), environment));
      signals.awaitStop();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private RunningService start(int port) {
    try {
      return RunningService.start(
          program,
          new ServerConfig(HOST, port, List.of(), Optional.empty()),
          Duration.ZERO,
          monitoring::scrape,
          clock);
    } catch (AddressTaken taken) {
      if (port >= FIRST_PORT + PORTS) {
        throw taken;
      }
      return start(port + 1);
    }
  }

  private static String howToLook(String stop, URI address, Map<String, String> at) {
    String exports =
        at.entrySet().stream()
            .map(variable -> "  export %s=%s".formatted(variable.getKey(), variable.getValue()))
            .collect(Collectors.joining("\n"));
    return """

    The page and the API stay up until %8$s: %1$s
      curl -s %1$s/api/v1/jobs/table_stats_sync
      curl -s -X POST '%1$s/api/v1/jobs/table_stats_sync/runs?wait=30s'
      %1$s/docs tells the rest
    Look around in the target:
      psql "host=%2$s port=%3$s dbname=%4$s user=%5$s password=%6$s" -c 'select * from quper.table_stats limit 5'
    Or use QuperSync itself, in another shell:
    %7$s
      ./qupersync run --all      # nothing has changed: nothing is written
      ./qupersync status
    """
        .formatted(
            address,
            at.get("POSTGRES_HOST"),
            at.get("POSTGRES_PORT"),
            at.get("POSTGRES_DB"),
            at.get("POSTGRES_USER"),
            at.get("POSTGRES_PASSWORD"),
            exports,
            stop);
  }
}
