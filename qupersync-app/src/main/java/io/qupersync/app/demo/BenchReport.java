package io.qupersync.app.demo;

import io.qupersync.interfaces.cli.BenchTable;
import io.qupersync.interfaces.cli.Command;
import io.qupersync.interfaces.cli.Console;
import io.qupersync.interfaces.cli.ExitCode;
import io.qupersync.sandbox.bench.Bench;
import io.qupersync.sandbox.bench.BenchResult;
import io.qupersync.sandbox.bench.BenchSettings;
import io.qupersync.sandbox.bench.Figure;
import io.qupersync.sandbox.bench.Goal;
import io.qupersync.sandbox.bench.OwnDatabases;
import io.qupersync.sandbox.bench.OwnTable;
import java.io.File;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// Has the sandbox measure this very program, and tells what came of it.
public final class BenchReport {

  private static final long ROWS = 5_000_000;
  private static final int ROUNDS = 3;

  private final Console console;
  private final Map<String, String> environment;

  /// @param environment names the user's own databases
  public BenchReport(Console console, Map<String, String> environment) {
    this.console = console;
    this.environment = environment;
  }

  public ExitCode run(Command.Bench command) {
    BenchResult result;
    try {
      result = measure(command);
    } catch (IllegalArgumentException wrong) {
      console.message("error: " + wrong.getMessage());
      return ExitCode.USAGE;
    }
    return new BenchTable(console)
        .show(
            result.goals().stream().map(BenchReport::goal).toList(),
            result.figures().stream().map(BenchReport::figure).toList(),
            result.setting(),
            result.wrong());
  }

  private BenchResult measure(Command.Bench command) {
    var settings =
        new BenchSettings(
            command.rows().orElse(ROWS),
            command.rounds().orElse(ROUNDS),
            command.only(),
            jar(),
            command.beside().map(Path::toAbsolutePath),
            command.write());
    return command
        .against()
        .map(own -> {
          var ownTable = new OwnTable(own.table(), own.key());
          return new OwnDatabases(settings, ownTable, environment, console::progress).run();
        })
        .orElseGet(() -> new Bench(settings, console::progress).run());
  }

  /// The launcher puts it before the sandbox's.
  private static Path jar() {
    return Pattern.compile(Pattern.quote(File.pathSeparator))
        .splitAsStream(System.getProperty("java.class.path"))
        .filter(entry -> entry.endsWith(".jar"))
        .findFirst()
        .map(entry -> Path.of(entry).toAbsolutePath())
        .orElseThrow(() -> new IllegalArgumentException("only ./qupersync can bench"));
  }

  private static BenchTable.Goal goal(Goal goal) {
    return new BenchTable.Goal(
        goal.work(), goal.against(), goal.wanted(), goal.measured(), goal.met());
  }

  private static BenchTable.Figure figure(Figure figure) {
    var numbers = new LinkedHashMap<String, Number>();
    numbers.put("rows", figure.rows());
    numbers.put("seconds", figure.seconds());
    numbers.put("rows_per_second", figure.rowsPerSecond());
    numbers.put("megabytes_per_second", figure.megabytesPerSecond());
    numbers.put("jvm_cpu_seconds", figure.program());
    numbers.put("client_cpu_seconds", figure.client());
    numbers.put("source_cpu_seconds", figure.source());
    numbers.put("target_cpu_seconds", figure.target());
    numbers.put("relay_cpu_seconds", figure.relay());
    numbers.put("wal_bytes", figure.wal());
    numbers.put("peak_rss_bytes", figure.peakMemory());
    numbers.put("heap_bytes", figure.heap());
    numbers.put("rows_inserted", figure.inserted());
    numbers.put("rows_updated", figure.updated());
    numbers.put("rows_unchanged", figure.unchanged());
    numbers.put("rows_deleted", figure.deleted());
    return new BenchTable.Figure(figure.work(), figure.contestant(), numbers);
  }
}
