package io.qupersync.infrastructure.postgres;

import io.qupersync.application.port.DatabasePing;
import io.qupersync.application.port.Gauges;
import io.qupersync.application.port.PermanentFailure;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.table.Identifier;
import io.qupersync.infrastructure.jdbc.ConnectionPool;
import io.qupersync.infrastructure.jdbc.SqlFailures;
import io.qupersync.infrastructure.jdbc.TlsMode;
import io.qupersync.infrastructure.store.StateSchema;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/// The target's connections, in three pools: what a run needs to keep its lease must not wait
/// behind the runs that write, and what people ask must wait behind neither. Nothing connects
/// before it is used.
public final class PostgresDatabase implements AutoCloseable {

  private static final int STATE_CONNECTIONS = 4;
  private static final int QUERY_CONNECTIONS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  // A timeout while the server ends a COPY costs the connection, so it must outlast the slowest
  // batch and the largest deletion: https://github.com/pgjdbc/pgjdbc/pull/4357
  private static final Duration LONGEST_STATEMENT = Duration.ofMinutes(30);
  private static final Duration LONGEST_BOOKKEEPING = Duration.ofMinutes(1);
  // a question that people wait for: one that got lost must not keep its connection for long
  private static final Duration LONGEST_QUERY = Duration.ofSeconds(10);
  private static final Duration STUCK = Duration.ofMillis(700);
  private static final Duration QUERY_PATIENCE = Duration.ofSeconds(2);

  private final PostgresSettings settings;
  private final ConnectionPool loads;
  private final ConnectionPool state;
  private final ConnectionPool queries;
  private final PostgresPing ping;

  private PostgresDatabase(PostgresSettings settings, InstantSource clock) {
    this.settings = settings;
    var failures = new SqlFailures(settings.endpoint(), settings.schema()::isNamedIn);
    this.loads =
        new ConnectionPool(
            connector(settings, LONGEST_STATEMENT),
            new ConnectionPool.Settings(
                "target-loads",
                settings.maxConnections(),
                PATIENCE,
                sessionSql(settings, settings.searchPath())),
            failures,
            clock);
    this.state =
        new ConnectionPool(
            connector(settings, LONGEST_BOOKKEEPING),
            new ConnectionPool.Settings(
                "target-state", STATE_CONNECTIONS, PATIENCE, sessionSql(settings, List.of())),
            failures,
            clock);
    this.queries =
        new ConnectionPool(
            connector(settings, LONGEST_QUERY),
            new ConnectionPool.Settings(
                "target-queries",
                QUERY_CONNECTIONS,
                QUERY_PATIENCE,
                sessionSql(settings, List.of())),
            failures,
            clock);
    this.ping = new PostgresPing(forPings(settings), failures);
  }

  /// @throws PermanentFailure when the driver does not know one of the options
  public static PostgresDatabase open(PostgresSettings settings, InstantSource clock) {
    return new PostgresDatabase(settings, clock);
  }

  /// For what runs write.
  ConnectionPool loads() {
    return loads;
  }

  /// For the stores: short statements only.
  public ConnectionPool state() {
    return state;
  }

  /// For what people and programs ask about jobs and runs: they wait behind no run.
  public ConnectionPool queries() {
    return queries;
  }

  /// Whether it answers, on a connection of its own.
  public DatabasePing ping() {
    return ping;
  }

  /// What messages call it.
  public String name() {
    return settings.endpoint().toString();
  }

  /// Whether those who wait for a connection have waited in vain for a while.
  public boolean isExhausted() {
    return Stream.of(state, queries).anyMatch(pool -> pool.isStuckFor(STUCK));
  }

  /// How the pools are used at this moment.
  public List<Gauges.Pool> use() {
    return List.of(loads.use(), state.use(), queries.use());
  }

  public StateSchema schema() {
    return settings.schema();
  }

  /// Whether triggers and defaults of targets have schemas of their own to look names up in.
  boolean hasSearchPath() {
    return !settings.searchPath().isEmpty();
  }

  Duration leaseTtl() {
    return settings.leaseTtl();
  }

  @Override
  public void close() {
    loads.close();
    state.close();
    queries.close();
    ping.close();
  }

  private static PGSimpleDataSource connector(PostgresSettings settings, Duration socketTimeout) {
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

  /// Whatever the options say: who asks whether it is there does not wait.
  private static DataSource forPings(PostgresSettings settings) {
    PGSimpleDataSource source = connector(settings, PostgresPing.PATIENCE);
    int seconds = (int) PostgresPing.PATIENCE.toSeconds();
    source.setConnectTimeout(seconds);
    source.setSocketTimeout(seconds);
    source.setLoginTimeout(seconds);
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

  /// Where names are looked up, so that no operator or function that somebody made in a schema of
  /// the role's search_path can take the place of PostgreSQL's own, and run as our user; what
  /// values depend on; and a limit for a process that stops in the middle of a transaction: it must
  /// not hold its locks for ever.
  private static String sessionSql(PostgresSettings settings, List<Identifier> searchPath) {
    return """
    set search_path = %s;
    set idle_in_transaction_session_timeout = %d;
    %s
    """
        .formatted(searchPath(searchPath), settings.leaseTtl().toMillis(), SessionPins.sql());
  }

  /// `pg_catalog` first, and the temporary schema, which would else come before it, last.
  private static String searchPath(List<Identifier> schemas) {
    return Stream.of(
            Stream.of("pg_catalog"), schemas.stream().map(Identifier::quoted), Stream.of("pg_temp"))
        .flatMap(names -> names)
        .collect(Collectors.joining(", "));
  }
}
