package io.qupersync.infrastructure.redshift;

import io.qupersync.application.port.Rows;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.row.Row;
import io.qupersync.infrastructure.jdbc.Secret;
import io.qupersync.infrastructure.jdbc.TlsMode;
import io.qupersync.sandbox.relay.Relay;
import io.qupersync.sandbox.relay.RelaySettings;
import io.qupersync.sandbox.relay.ResultFormat;
import io.qupersync.sandbox.standin.RedshiftStandIn;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The stand-in that all tests of this package share, and what they do with it. Whoever gives it a
/// bad day calms it down afterwards.
final class Source {

  private static final RedshiftStandIn STAND_IN = start();

  /// A second way to the same server, on which results travel as text.
  private static final Relay TEXT = startText();

  private Source() {}

  private static RedshiftStandIn start() {
    try {
      return RedshiftStandIn.start();
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static Relay startText() {
    var server = STAND_IN.server();
    return Relay.start(
        RelaySettings.inFrontOf(new InetSocketAddress(server.host(), server.port()))
            .results(ResultFormat.TEXT));
  }

  static RedshiftStandIn standIn() {
    return STAND_IN;
  }

  static RedshiftSettings.Login login() {
    return new RedshiftSettings.Login(
        STAND_IN.host(),
        STAND_IN.port(),
        STAND_IN.database(),
        STAND_IN.user(),
        new Secret(STAND_IN.password()));
  }

  /// The same server, which sends its results as text here.
  static RedshiftSettings.Login textLogin() {
    return new RedshiftSettings.Login(
        STAND_IN.host(),
        TEXT.port(),
        STAND_IN.database(),
        STAND_IN.user(),
        new Secret(STAND_IN.password()));
  }

  static RedshiftSettings settings() {
    return settings(login());
  }

  static RedshiftSettings settings(RedshiftSettings.Login login) {
    return settings(login, limits(), Map.of());
  }

  static RedshiftSettings settings(
      RedshiftSettings.Login login, RedshiftSettings.Limits limits, Map<String, String> options) {
    return new RedshiftSettings(
        login,
        new RedshiftSettings.Encryption(TlsMode.DISABLE, Optional.empty()),
        Optional.empty(),
        Optional.empty(),
        Optional.of("qupersync"),
        limits,
        options);
  }

  static RedshiftSettings.Limits limits() {
    return new RedshiftSettings.Limits(
        4, Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(30), 4 << 20, 4 << 20);
  }

  static RedshiftRowSource rows() {
    return rows(settings());
  }

  static RedshiftRowSource rows(RedshiftSettings settings) {
    return new RedshiftRowSource(new RedshiftConnections(settings, InstantSource.system()));
  }

  /// As a superuser, around the relay.
  static void execute(String... statements) {
    try (Connection admin = STAND_IN.adminConnection();
        Statement statement = admin.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /// The first column of a query's only row.
  static String ask(String query) {
    try (Connection admin = STAND_IN.adminConnection();
        Statement statement = admin.createStatement();
        ResultSet answer = statement.executeQuery(query)) {
      answer.next();
      return answer.getString(1);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  static List<Row> read(RedshiftRowSource source, SyncJob job, Window window) {
    try (Rows rows = source.open(job, source.shapeOf(job), window)) {
      return drain(rows);
    }
  }

  static List<Row> drain(Rows rows) {
    var all = new ArrayList<Row>();
    for (var batch = rows.next(); batch.isPresent(); batch = rows.next()) {
      all.addAll(batch.get().rows());
    }
    return all;
  }
}
