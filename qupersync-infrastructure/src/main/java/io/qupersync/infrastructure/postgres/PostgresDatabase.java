package io.qupersync.infrastructure.postgres;

import io.qupersync.application.port.Gauges;
import io.qupersync.application.port.PermanentFailure;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.infrastructure.jdbc.ConnectionPool;
import io.qupersync.infrastructure.jdbc.SqlFailures;
import io.qupersync.infrastructure.jdbc.TlsMode;
import io.qupersync.infrastructure.store.StateSchema;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/// The target's connections, in two pools: what a run needs to keep its lease must not wait behind
/// the runs that write. Nothing connects before it is used.
public final class PostgresDatabase implements AutoCloseable {

  private static final int STATE_CONNECTIONS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  // A timeout while the server ends a COPY costs the connection, so it must outlast the slowest
  // batch and the largest deletion: https://github.com/pgjdbc/pgjdbc/pull/4357
  private static final Duration LONGEST_STATEMENT = Duration.ofMinutes(30);
  private static final Duration LONGEST_BOOKKEEPING = Duration.ofMinutes(1);

  private final PostgresSettings settings;
  private final ConnectionPool loads;
  private final ConnectionPool state;

  private PostgresDatabase(PostgresSettings settings) {
    this.settings = settings;
    var failures = new SqlFailures(settings.endpoint());
    this.loads =
        new ConnectionPool(
            connector(settings, LONGEST_STATEMENT),
            new ConnectionPool.Settings(
                "target-loads", settings.maxConnections(), PATIENCE, sessionSql(settings)),
            failures);
    this.state =
        new ConnectionPool(
            connector(settings, LONGEST_BOOKKEEPING),
            new ConnectionPool.Settings(
                "target-state", STATE_CONNECTIONS, PATIENCE, sessionSql(settings)),
            failures);
  }

  /// @throws PermanentFailure when the driver does not know one of the options
  public static PostgresDatabase open(PostgresSettings settings) {
    return new PostgresDatabase(settings);
  }

  /// For what runs write.
  ConnectionPool loads() {
    return loads;
  }

  /// For the stores: short statements only.
  public ConnectionPool state() {
    return state;
  }

  /// How both pools are used at this moment.
  public List<Gauges.Pool> use() {
    return List.of(loads.use(), state.use());
  }

  public StateSchema schema() {
    return settings.schema();
  }

  Duration leaseTtl() {
    return settings.leaseTtl();
  }

  @Override
  public void close() {
    loads.close();
    state.close();
  }

  private static DataSource connector(PostgresSettings settings, Duration socketTimeout) {
    var source = new PGSimpleDataSource();
    var properties = new LinkedHashMap<String, String>();
    properties.put("connectTimeout", "10");
    properties.put("loginTimeout", "15");
    properties.put("socketTimeout", Long.toString(socketTimeout.toSeconds()));
    properties.put("tcpKeepAlive", "true");
    properties.put("ApplicationName", "QuperSync");
    properties.putAll(tls(settings));
    properties.putAll(settings.options());
    properties.forEach((name, value) -> set(source, name, value));
    source.setServerNames(new String[] {settings.host()});
    source.setPortNumbers(new int[] {settings.port()});
    source.setDatabaseName(settings.database());
    source.setUser(settings.user());
    source.setPassword(settings.password().reveal());
    return source;
  }

  private static Map<String, String> tls(PostgresSettings settings) {
    var properties = new LinkedHashMap<String, String>();
    properties.put("sslmode", settings.tls().word());
    if (settings.tls() != TlsMode.DISABLE) {
      settings
          .rootCertificate()
          .ifPresentOrElse(
              file -> properties.put("sslrootcert", file.toString()),
              // the driver's own default is a file in the home directory
              () -> properties.put("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory"));
    }
    return properties;
  }

  private static void set(PGSimpleDataSource source, String name, String value) {
    try {
      source.setProperty(name, value);
    } catch (SQLException unknown) {
      throw new PermanentFailure(
          FailureKind.DEFINITION,
          "target.options: the PostgreSQL driver takes no '%s', or not with this value"
              .formatted(name),
          unknown);
    }
  }

  /// What the text form of values depends on; the isolation that the fence relies on, whose waiting
  /// update must see what the other run wrote; and a limit for a process that stops in the middle
  /// of a transaction: it must not hold its locks for ever.
  private static String sessionSql(PostgresSettings settings) {
    return """
    set timezone = 'UTC';
    set datestyle = 'ISO, YMD';
    set intervalstyle = 'postgres';
    set standard_conforming_strings = on;
    set client_min_messages = warning;
    set default_transaction_isolation = 'read committed';
    set idle_in_transaction_session_timeout = %d
    """
        .formatted(settings.leaseTtl().toMillis());
  }
}
