package io.qupersync.sandbox.drill;

import io.qupersync.sandbox.data.LivelyCluster;
import io.qupersync.sandbox.server.Durability;
import io.qupersync.sandbox.server.EmbeddedServer;
import io.qupersync.sandbox.server.ServerSettings;
import io.qupersync.sandbox.standin.RedshiftStandIn;
import io.qupersync.sandbox.standin.StandInSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Two databases that keep what they have committed, whatever happens to them, the network between
/// them and the program, and the program's configuration.
final class DrillEnvironment implements AutoCloseable {

  static final String WRITER = "quper_writer";
  private static final long SEED = 20_260_302;

  private final Path folder;
  private final RedshiftStandIn source;
  private final EmbeddedServer target;
  private final CuttableNetwork cuttableNetwork;
  private final ProgramUnderTest programUnderTest;

  private DrillEnvironment(
      Path folder,
      RedshiftStandIn source,
      EmbeddedServer target,
      CuttableNetwork cuttableNetwork,
      ProgramUnderTest programUnderTest) {
    this.folder = folder;
    this.source = source;
    this.target = target;
    this.cuttableNetwork = cuttableNetwork;
    this.programUnderTest = programUnderTest;
  }

  static DrillEnvironment open(String classPath) throws SQLException, IOException {
    Path folder = Files.createTempDirectory("qupersync-drill");
    var source = RedshiftStandIn.start(StandInSettings.defaults().durability(Durability.DURABLE));
    // it is autovacuum that removes the temporary tables of sessions that ended in a crash
    var target =
        EmbeddedServer.start(
            ServerSettings.durable().database("quper").parameter("autovacuum_naptime", "1"));
    var drillEnvironment =
        new DrillEnvironment(
            folder,
            source,
            target,
            new CuttableNetwork(target.port()),
            new ProgramUnderTest(classPath, folder));
    drillEnvironment.furnish();
    return drillEnvironment;
  }

  private void furnish() throws SQLException, IOException {
    LivelyCluster.raise(source, SEED, 1, InstantSource.system());
    atSource(DrillSql.read("source.sql"));
    atTarget(
        "create role %s login password '%s'".formatted(WRITER, target.password()),
        "alter database quper owner to " + WRITER,
        "create database control owner " + WRITER);
    Files.writeString(folder.resolve("drill.yaml"), configuration("quper", cuttableNetwork.port()));
    Files.writeString(folder.resolve("control.yaml"), configuration("control", target.port()));
  }

  private String configuration(String database, int port) {
    return DrillSql.read("drill.yaml")
        .replace("%source-port%", Integer.toString(source.port()))
        .replace("%source-password%", source.password())
        .replace("%target-port%", Integer.toString(port))
        .replace("%target-database%", database)
        .replace("%target-password%", target.password());
  }

  RedshiftStandIn source() {
    return source;
  }

  EmbeddedServer target() {
    return target;
  }

  CuttableNetwork cable() {
    return cuttableNetwork;
  }

  Path folder() {
    return folder;
  }

  /// Starts a run of these jobs.
  ProductProcess start(List<String> jobs) throws IOException {
    return programUnderTest.start(arguments(jobs, "drill.yaml"));
  }

  /// Starts an instance that runs the small jobs every second.
  ///
  /// @param number 1 or 2
  ProductProcess serve(int number) throws IOException {
    String file = "serve-%d.yaml".formatted(number);
    Files.writeString(
        folder.resolve(file),
        configuration("quper", cuttableNetwork.port())
                .replace("schedule: manual", "schedule: { every: 1s }")
            + "builtin_jobs: false%nserver: { port: %d }%n".formatted(freePort()));
    return programUnderTest.start(List.of("serve", "--config", file));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /// Runs all jobs into a database that nobody disturbs.
  void runControl() throws IOException, InterruptedException {
    ProductProcess process = programUnderTest.start(arguments(List.of("--all"), "control.yaml"));
    if (process.await(DrillRound.PATIENCE) != 0) {
      throw new IllegalStateException("the undisturbed run fails: " + process.said());
    }
  }

  /// Runs all jobs, undisturbed, and builds the gates once their tables are there.
  void makeTables() throws SQLException, IOException, InterruptedException {
    turnClock(Duration.ofDays(-1));
    runControl();
    ProductProcess process = start(List.of("--all"));
    if (process.await(DrillRound.PATIENCE) != 0) {
      throw new IllegalStateException("the first run fails: " + process.said());
    }
    turnClock(Duration.ofDays(1));
    buildGates();
  }

  /// The clock of the source goes forward or back. A day back, the built-in jobs read from before
  /// their week began, so that no row drops out of it while the drill goes on.
  void turnClock(Duration by) throws SQLException {
    atSource(
        "update pg_redshift.clock set ahead = ahead + interval '%d seconds'"
            .formatted(by.toSeconds()));
  }

  void buildGates() throws SQLException {
    try (Connection admin = target.connect()) {
      StatementGate.build(admin);
    }
  }

  private static List<String> arguments(List<String> jobs, String configuration) {
    return Stream.of(List.of("run"), jobs, List.of("--json", "--quiet", "--config", configuration))
        .flatMap(List::stream)
        .toList();
  }

  void atSource(String... statements) throws SQLException {
    try (Connection admin = source.adminConnection()) {
      execute(admin, statements);
    }
  }

  void atTarget(String... statements) throws SQLException {
    try (Connection admin = target.connect()) {
      execute(admin, statements);
    }
  }

  private static void execute(Connection admin, String... statements) throws SQLException {
    try (Statement statement = admin.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      cuttableNetwork.close();
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } finally {
      target.close();
      source.close();
    }
  }
}
