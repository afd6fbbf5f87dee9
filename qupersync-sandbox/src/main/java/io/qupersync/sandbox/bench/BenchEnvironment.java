package io.qupersync.sandbox.bench;

import io.qupersync.sandbox.server.EmbeddedServer;
import io.qupersync.sandbox.server.ServerSettings;
import io.qupersync.sandbox.standin.RedshiftStandIn;
import io.qupersync.sandbox.standin.StandInSettings;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/// Two databases, the same for all contestants, and the program.
///
/// The target does with a commit what a PostgreSQL does by default. Only what would come at random
/// is taken out: no checkpoint falls into a piece of work, each begins right after one, and
/// autovacuum leaves vacuuming to the bench, which does it before.
final class BenchEnvironment implements AutoCloseable {

  private static final Map<String, String> TARGET =
      Map.of(
          "shared_buffers", "256MB",
          "max_wal_size", "16GB",
          "checkpoint_timeout", "1h",
          "autovacuum", "off");

  /// The schema of QuperSync's own tables.
  private static final String STATE = "qupersync_state";

  private final Path folder;
  private final Program program;
  private final RedshiftStandIn source;
  private final EmbeddedServer target;
  private final Connection sourceAdmin;
  private final Connection targetAdmin;
  private final Pipe pipe;
  private final Map<String, Contents> read = new LinkedHashMap<>();

  private BenchEnvironment(
      Program program, Path folder, RedshiftStandIn source, EmbeddedServer target)
      throws SQLException {
    this.program = program;
    this.folder = folder;
    this.source = source;
    this.target = target;
    this.sourceAdmin = source.adminConnection();
    this.targetAdmin = target.connect();
    this.pipe = Pipe.between(Endpoint.of(source.server()), Endpoint.of(target));
  }

  static BenchEnvironment open(Path program) throws SQLException, IOException {
    Path folder = Files.createTempDirectory("qupersync-bench");
    RedshiftStandIn source = RedshiftStandIn.start(StandInSettings.defaults());
    ServerSettings settings = ServerSettings.durable().database("quper");
    for (Map.Entry<String, String> parameter : TARGET.entrySet()) {
      settings = settings.parameter(parameter.getKey(), parameter.getValue());
    }
    var benchEnvironment =
        new BenchEnvironment(new Program(program), folder, source, EmbeddedServer.start(settings));
    benchEnvironment.atTarget(
        "create schema bench", "create schema seed", "create extension dblink");
    return benchEnvironment;
  }

  RedshiftStandIn source() {
    return source;
  }

  EmbeddedServer target() {
    return target;
  }

  Connection sourceAdmin() {
    return sourceAdmin;
  }

  Connection targetAdmin() {
    return targetAdmin;
  }

  /// How rows travel without QuperSync.
  Pipe pipe() {
    return pipe;
  }

  /// Starts QuperSync.
  ///
  /// @param jobs the part of its configuration that names the jobs
  ServiceProcess serve(String jobs) throws IOException, InterruptedException {
    return serve(program, jobs, STATE);
  }

  /// Starts another build of QuperSync beside it.
  ///
  /// @param jar the whole of it
  ServiceProcess serve(Path jar, String jobs) throws IOException, InterruptedException {
    return serve(new Program(jar), jobs, STATE + "_of_other_build");
  }

  private ServiceProcess serve(Program build, String jobs, String state)
      throws IOException, InterruptedException {
    return ServiceProcess.start(
        build.onJar(), folder, configuration().replace("%state%", state) + jobs);
  }

  /// Starts QuperSync in the quickest way there is, with its built-in jobs.
  ServiceProcess serveBuiltIn() throws IOException, InterruptedException {
    return ServiceProcess.start(
        program.shipped(folder),
        folder,
        configuration()
            .replace("%state%", STATE)
            .replace("builtin_jobs: false", "builtin_jobs: true"));
  }

  /// A place that is gone when the testbed is.
  Path file(String name) {
    return folder.resolve(name);
  }

  /// What is started by [#serveBuiltIn].
  Program program() {
    return program;
  }

  private String configuration() throws IOException {
    try (InputStream in = BenchEnvironment.class.getResourceAsStream("bench.yaml")) {
      if (in == null) {
        throw new FileNotFoundException("bench.yaml");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("%source-port%", Integer.toString(source.port()))
          .replace("%source-password%", source.password())
          .replace("%target-port%", Integer.toString(target.port()))
          .replace("%target-password%", target.password());
    }
  }

  void atSource(String... statements) throws SQLException {
    execute(sourceAdmin, statements);
  }

  void atTarget(String... statements) throws SQLException {
    execute(targetAdmin, statements);
  }

  private static void execute(Connection admin, String... statements) throws SQLException {
    try (Statement statement = admin.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  boolean hasAtSource(String table) throws SQLException {
    return has(sourceAdmin, table);
  }

  boolean hasAtTarget(String table) throws SQLException {
    return has(targetAdmin, table);
  }

  private static boolean has(Connection admin, String table) throws SQLException {
    try (PreparedStatement statement =
        admin.prepareStatement("select to_regclass(?) is not null")) {
      statement.setString(1, table);
      ResultSet row = statement.executeQuery();
      return row.next() && row.getBoolean(1);
    }
  }

  /// How the target's server connects to the source's, as libpq wants to be told.
  String sourceForServers() {
    return "host=%s port=%d dbname=%s user=%s password=%s"
        .formatted(
            source.server().host(),
            source.server().port(),
            source.database(),
            source.server().user(),
            source.server().password());
  }

  /// What the source holds, which no work changes: looked at once.
  ///
  /// @param relation a table, or a query in parentheses
  Contents sourceContents(String relation) throws SQLException {
    Contents known = read.get(relation);
    if (known == null) {
      known = Contents.of(sourceAdmin, relation);
      read.put(relation, known);
    }
    return known;
  }

  /// What it was measured on, in words.
  String setting() throws SQLException {
    return "%s; %d cores, %s, Java %s; PostgreSQL %s on both sides, shared_buffers %s (source) and %s (target); target: fsync %s, synchronous_commit %s, full_page_writes %s, max_wal_size %s, autovacuum off, CHECKPOINT and VACUUM before each measurement"
        .formatted(
            "The rivals' pipe is " + pipe.name(),
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            Runtime.version(),
            shown(targetAdmin, "server_version"),
            shown(sourceAdmin, "shared_buffers"),
            shown(targetAdmin, "shared_buffers"),
            shown(targetAdmin, "fsync"),
            shown(targetAdmin, "synchronous_commit"),
            shown(targetAdmin, "full_page_writes"),
            shown(targetAdmin, "max_wal_size"));
  }

  private static String shown(Connection admin, String parameter) throws SQLException {
    try (Statement statement = admin.createStatement();
        ResultSet row = statement.executeQuery("show " + parameter)) {
      row.next();
      return row.getString(1);
    }
  }

  @Override
  public void close() throws SQLException, IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      sourceAdmin.close();
      targetAdmin.close();
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } finally {
      target.close();
      source.close();
    }
  }
}
