package io.qupersync.sandbox.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Measures between the user's own databases, which the environment names as it does for QuperSync.
///
/// All it makes is in one schema of the target, which must not be there, or be empty, and is gone
/// afterwards; QuperSync's own tables are in it too. The source is only read.
///
/// Redshift lets nobody COPY to a client, so no rival can read it: those here read, from the target
/// itself, the copy that QuperSync has made. They have the shorter way.
public final class OwnDatabases {

  static final String SCHEMA = "qupersync_bench";

  private final BenchSettings settings;
  private final OwnTable ownTable;
  private final Map<String, String> environment;
  private final Endpoint target;
  private final Consumer<String> progress;

  /// @param environment with REDSHIFT_HOST, POSTGRES_HOST and so on
  /// @param progress hears a line now and then
  /// @throws IllegalArgumentException when the environment names no target
  public OwnDatabases(
      BenchSettings settings,
      OwnTable ownTable,
      Map<String, String> environment,
      Consumer<String> progress) {
    this.settings = settings;
    this.ownTable = ownTable;
    this.environment = environment;
    this.target = target(environment);
    this.progress = progress;
  }

  private static Endpoint target(Map<String, String> environment) {
    for (String name : List.of("REDSHIFT_HOST", "POSTGRES_HOST")) {
      if (environment.getOrDefault(name, "").isEmpty()) {
        throw new IllegalArgumentException(
            "%s is not set: the environment names the databases to measure".formatted(name));
      }
    }
    String host = environment.getOrDefault("POSTGRES_HOST", "");
    boolean here = host.equals("localhost") || host.equals("127.0.0.1");
    return new Endpoint(
        host,
        Integer.parseInt(environment.getOrDefault("POSTGRES_PORT", "5432")),
        environment.getOrDefault("POSTGRES_DB", "postgres"),
        environment.getOrDefault("POSTGRES_USER", ""),
        environment.getOrDefault("POSTGRES_PASSWORD", ""),
        environment.getOrDefault("POSTGRES_SSL", here ? "disable" : "verify-full"));
  }

  /// @throws IllegalArgumentException when the schema is there and holds anything
  public BenchResult run() {
    try (Connection admin = target.connect()) {
      takeSchema(admin);
      Path folder = Files.createTempDirectory("qupersync-bench");
      try {
        return measure(admin, folder);
      } finally {
        execute(admin, "drop schema %s cascade".formatted(SCHEMA));
        delete(folder);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the bench was interrupted", stopped);
    } catch (RuntimeException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new IllegalStateException("the bench breaks: " + failure.getMessage(), failure);
    }
  }

  private static void takeSchema(Connection admin) throws SQLException {
    String holds =
        "select count(*) from pg_class where relnamespace = to_regnamespace('%s')"
            .formatted(SCHEMA);
    if (number(admin, holds) > 0) {
      throw new IllegalArgumentException(
          "the schema %s of the target is not empty: it would be dropped; look what it holds, and drop it yourself"
              .formatted(SCHEMA));
    }
    execute(admin, "create schema if not exists " + SCHEMA);
  }

  private BenchResult measure(Connection admin, Path folder) throws Exception {
    try (ServiceProcess serviceProcess = ServiceProcess.start(command(), folder, configuration())) {
      progress.accept("the first load, which makes the table and counts for nothing ...");
      ReportedCounts first = serviceProcess.run(OwnTableBenchmark.JOB);
      execute(
          admin,
          "create table %s (like %s including all)"
              .formatted(OwnTableBenchmark.RIVAL, OwnTableBenchmark.COPY),
          "create unlogged table %s (like %s)"
              .formatted(OwnTableBenchmark.STAGE, OwnTableBenchmark.COPY));
      Pipe pipe = Pipe.between(target, target);
      var sum = new BenchSum();
      for (OwnTableBenchmark.Start start : OwnTableBenchmark.Start.values()) {
        var contest =
            new OwnTableBenchmark(start, admin, serviceProcess, pipe, ownTable.key(), progress);
        for (int round = 0; round < settings.rounds(); round++) {
          contest.round();
        }
        sum.add(contest.measured(), List.of());
        contest.wrong().forEach(sum::wrong);
      }
      return sum.result(setting(first, pipe));
    }
  }

  private ServiceProcess.Command command() {
    return new ServiceProcess.Command(
        new Program(settings.program()).onJar().words(),
        environment.entrySet().stream()
            .filter(variable -> variable.getKey().matches("(REDSHIFT|POSTGRES|AWS)_.*"))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  private String configuration() {
    return """
    target: { schema: %s }
    server: { port: %%port%% }
    builtin_jobs: false
    jobs:
      %s: { source: { table: "%s" }, target: %s, key: [%s], mode: upsert, schedule: manual }
    """
        .formatted(
            SCHEMA,
            OwnTableBenchmark.JOB,
            ownTable.table(),
            OwnTableBenchmark.COPY,
            ownTable.key().stream().map("\"%s\""::formatted).collect(Collectors.joining(", ")));
  }

  private String setting(ReportedCounts first, Pipe pipe) {
    return String.format(
        Locale.ROOT,
        "%s of %,d rows, from the Redshift and into the PostgreSQL that the environment names; the rivals read the copy in the target itself, by %s",
        ownTable.table(),
        first.extracted(),
        pipe.name());
  }

  private static void execute(Connection admin, String... statements) throws SQLException {
    try (Statement statement = admin.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static long number(Connection admin, String sql) throws SQLException {
    try (Statement statement = admin.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
