package io.qupersync.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.qupersync.interfaces.cli.CommandLineParser;
import io.qupersync.interfaces.cli.Console;
import io.qupersync.interfaces.cli.ExitCode;
import io.qupersync.interfaces.cli.Failures;
import io.qupersync.interfaces.cli.GlobalOptions;
import io.qupersync.interfaces.cli.ParsedLine;
import io.qupersync.interfaces.cli.Screen;
import io.qupersync.sandbox.relay.Relay;
import io.qupersync.sandbox.relay.RelaySettings;
import io.qupersync.sandbox.relay.ResultFormat;
import io.qupersync.sandbox.server.EmbeddedServer;
import io.qupersync.sandbox.server.ServerSettings;
import io.qupersync.sandbox.standin.RedshiftStandIn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The whole program in a folder of its own, between a stand-in for Redshift and a PostgreSQL. */
final class Trial implements AutoCloseable {

  private final RedshiftStandIn source;
  private final EmbeddedServer target;
  private final Path directory;
  private final Map<String, String> environment = new HashMap<>();

  Trial(Path directory) throws SQLException {
    this.directory = directory;
    this.source = RedshiftStandIn.start();
    this.target = EmbeddedServer.start(ServerSettings.target().database("quper"));
    environment.put("REDSHIFT_HOST", source.host());
    environment.put("REDSHIFT_PORT", Integer.toString(source.port()));
    environment.put("REDSHIFT_DB", source.database());
    environment.put("REDSHIFT_USER", source.user());
    environment.put("REDSHIFT_PASSWORD", source.password());
    environment.put("POSTGRES_HOST", target.host());
    environment.put("POSTGRES_PORT", Integer.toString(target.port()));
    environment.put("POSTGRES_DB", target.database());
    environment.put("POSTGRES_USER", target.user());
    environment.put("POSTGRES_PASSWORD", target.password());
  }

  Map<String, String> environment() {
    return Map.copyOf(environment);
  }

  RedshiftStandIn source() {
    return source;
  }

  /** A second way to the same source, on which results travel as text. */
  Relay sourceAsText() {
    return Relay.start(
        RelaySettings.inFrontOf(
                new InetSocketAddress(source.server().host(), source.server().port()))
            .results(ResultFormat.TEXT));
  }

  /** What a process prints and ends with. */
  record Ended(ExitCode exit, String out, String err) {}

  Ended run(String... arguments) {
    return runWith(Map.of(), arguments);
  }

  Ended runWith(Map<String, String> other, String... arguments) {
    var surrounding = new HashMap<>(environment);
    surrounding.putAll(other);
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    ExitCode exit =
        switch (new CommandLineParser().parse(arguments)) {
          case ParsedLine.Call(var command, GlobalOptions options) -> {
            var screen = new Screen(false, false, false);
            var console =
                new Console(
                    new PrintStream(out, true, UTF_8),
                    new PrintStream(err, true, UTF_8),
                    screen,
                    options);
            var failures = new Failures(console, Commands::kindOf);
            var commands =
                new Commands(
                    console,
                    failures,
                    InstantSource.system(),
                    new Environment(surrounding, directory));
            try {
              yield commands.execute(command, options);
            } catch (RuntimeException failure) {
              yield failures.report(failure);
            }
          }
          case ParsedLine.Information _ -> ExitCode.DONE;
          case ParsedLine.UsageError(String message) -> {
            err.writeBytes(message.getBytes(UTF_8));
            yield ExitCode.USAGE;
          }
        };
    return new Ended(exit, out.toString(UTF_8), err.toString(UTF_8));
  }

  void file(String name, String text) {
    try {
      Files.writeString(directory.resolve(name), text);
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  String read(String name) {
    try {
      return Files.readString(directory.resolve(name));
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  void atSource(String... statements) throws SQLException {
    try (Connection connection = source.adminConnection()) {
      execute(connection, statements);
    }
  }

  void atTarget(String... statements) throws SQLException {
    try (Connection connection = target.connect()) {
      execute(connection, statements);
    }
  }

  private static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Of everybody but the test itself. */
  long connectionsAtSource() throws SQLException {
    return Long.parseLong(
        sourceRows(
                "select count(*) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()")
            .getFirst()
            .getFirst());
  }

  /** The target is gone from now on, as after a crash. */
  void stopTarget() {
    target.close();
  }

  List<List<String>> sourceRows(String query) throws SQLException {
    try (Connection connection = source.adminConnection()) {
      return rows(connection, query);
    }
  }

  List<List<String>> targetRows(String query) throws SQLException {
    try (Connection connection = target.connect()) {
      return rows(connection, query);
    }
  }

  private static List<List<String>> rows(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      var rows = new ArrayList<List<String>>();
      while (result.next()) {
        var row = new ArrayList<String>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(result.getString(i));
        }
        rows.add(row);
      }
      return rows;
    }
  }

  @Override
  public void close() {
    target.close();
    source.close();
  }
}
