package io.qupersync.sandbox.standin;

import io.qupersync.sandbox.relay.Faults;
import io.qupersync.sandbox.relay.Relay;
import io.qupersync.sandbox.relay.RelaySettings;
import io.qupersync.sandbox.relay.RelayTls;
import io.qupersync.sandbox.server.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Something the unmodified Redshift driver takes for a Redshift: an embedded PostgreSQL with
/// Redshift's functions and system views, behind a relay. What it cannot imitate is listed in
/// `docs/stand-in.md`.
///
/// Its system views are empty until somebody fills them, see
/// [io.qupersync.sandbox.data.LivelyCluster].
public final class RedshiftStandIn implements AutoCloseable {
  private final StandInSettings settings;
  private final EmbeddedServer server;
  private final Optional<RelayTls> tls;
  private final Relay relay;

  private RedshiftStandIn(
      StandInSettings settings, EmbeddedServer server, Optional<RelayTls> tls, Relay relay) {
    this.settings = settings;
    this.server = server;
    this.tls = tls;
    this.relay = relay;
  }

  public static RedshiftStandIn start() throws SQLException {
    return start(StandInSettings.defaults());
  }

  public static RedshiftStandIn start(StandInSettings settings) throws SQLException {
    EmbeddedServer server = EmbeddedServer.start(settings.server());
    try (Connection admin = server.connect()) {
      RedshiftSchema.install(admin, settings);
      var relay =
          RelaySettings.inFrontOf(new InetSocketAddress(server.host(), server.port()))
              .results(settings.results());
      if (settings.encryption() == StandInSettings.Encryption.TLS) {
        relay = relay.offering(RelayTls.selfSigned(Files.createTempDirectory("redshift-stand-in")));
      }
      return new RedshiftStandIn(settings, server, relay.tls(), Relay.start(relay));
    } catch (SQLException | RuntimeException failure) {
      server.close();
      throw failure;
    } catch (IOException failure) {
      server.close();
      throw new UncheckedIOException(failure);
    }
  }

  public Flavor flavor() {
    return settings.flavor();
  }

  /// A name, not an address: the certificate is made out to it.
  public String host() {
    return "localhost";
  }

  public int port() {
    return relay.port();
  }

  public String database() {
    return settings.database();
  }

  public String user() {
    return settings.user();
  }

  public String password() {
    return settings.password();
  }

  /// For the Redshift driver, without user and password; with `ssl=false` where there is no TLS.
  public String jdbcUrl() {
    String address = "jdbc:redshift://%s:%d/%s".formatted(host(), port(), database());
    return tls.map(offered -> address + ";sslmode=verify-full;sslRootCert=" + offered.authority())
        .orElse(address + ";ssl=false");
  }

  /// The certificate that clients must trust, as PEM; only with TLS.
  public Path certificateAuthority() {
    return tls.orElseThrow(() -> new IllegalStateException("started without TLS")).authority();
  }

  /// A superuser's connection that bypasses the relay, for creating what a test reads. There it is
  /// plain PostgreSQL.
  public Connection adminConnection() throws SQLException {
    return server.connect();
  }

  /// From now on getdate() and sysdate count from this moment. The clocks of PostgreSQL itself,
  /// now() and the like, go on undisturbed.
  public void turnClockTo(Instant now) throws SQLException {
    try (Connection admin = adminConnection();
        var statement =
            admin.prepareStatement(
                "update pg_redshift.clock set ahead = ?::timestamptz - clock_timestamp()")) {
      statement.setString(1, now.toString());
      statement.executeUpdate();
    }
  }

  /// The logs, and their columns that tell who did it.
  private static final Map<String, String> LOGS =
      Map.of(
          "sys_query_history", "user_id",
          "sys_query_detail", "user_id",
          "sys_vacuum_history", "user_id",
          "stl_alert_event_log", "userid",
          "stl_scan", "userid");

  /// From now on the user sees only what he did himself in the logs, and nothing is refused: he has
  /// lost his syslog access.
  public void showOwnRowsOnly() throws SQLException {
    try (Connection admin = adminConnection();
        Statement statement = admin.createStatement()) {
      statement.execute("set allow_system_table_mods = on");
      statement.execute(
          "revoke pg_read_all_stats from " + statement.enquoteIdentifier(user(), true));
      for (Map.Entry<String, String> log : LOGS.entrySet()) {
        String table = "pg_catalog." + log.getKey();
        statement.execute("alter table %s enable row level security".formatted(table));
        statement.execute(
            "create policy own_rows on %s for select using (%s = (select usesysid::integer from pg_user where usename = current_user))"
                .formatted(table, log.getValue()));
      }
    }
  }

  /// From now on this table cannot be read in a transaction that is declared read-only, nor can any
  /// view over it. It becomes a view of the same name itself, over `<name>_stored`.
  public void refuseReadOnly(String schema, String table, ReadOnlyRefusal why) throws SQLException {
    try (Connection admin = adminConnection();
        Statement statement = admin.createStatement()) {
      String at = statement.enquoteIdentifier(schema, true) + ".";
      String name = at + statement.enquoteIdentifier(table, true);
      String stored = statement.enquoteIdentifier(table + "_stored", true);
      statement.execute("alter table %s rename to %s".formatted(name, stored));
      statement.execute(
          "create view %s as select * from %s where pg_redshift.may_write(%s, %s)"
              .formatted(
                  name,
                  at + stored,
                  statement.enquoteLiteral(why.sqlState()),
                  statement.enquoteLiteral(why.message(schema, table))));
      statement.execute("grant select on %s to public".formatted(name));
    }
  }

  /// The bad days of the connection to it.
  public Faults faults() {
    return relay.faults();
  }

  /// The PostgreSQL behind it, to be stopped or crashed.
  public EmbeddedServer server() {
    return server;
  }

  @Override
  public void close() {
    try {
      relay.close();
    } finally {
      server.close();
    }
  }
}
