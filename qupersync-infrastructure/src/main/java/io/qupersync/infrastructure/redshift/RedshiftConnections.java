package io.qupersync.infrastructure.redshift;

import io.qupersync.application.port.Gauges;
import io.qupersync.application.port.TransientFailure;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.infrastructure.jdbc.Endpoint;
import io.qupersync.infrastructure.jdbc.SqlFailures;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens connections, not more at a time than the settings allow. One whose answers have all come
/// is kept for a moment, for the next question of the same run; one that has failed, or was left in
/// the middle of a result, is never used again. Shared by all that read from one source; safe for
/// use by many threads.
public final class RedshiftConnections implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RedshiftConnections.class);

  /// For questions that any server answers at once.
  static final Duration SHORT = Duration.ofMinutes(1);

  /// Longer than what a run does between two questions.
  private static final Duration KEPT = Duration.ofSeconds(2);

  private final RedshiftSettings settings;
  private final InstantSource clock;
  private final MissingColumns columns;
  private final DriverProperties driver;
  private final SqlFailures failures;
  private final Semaphore permits;
  private final IdleSessions idle;
  private final Set<Integer> sessions = ConcurrentHashMap.newKeySet();
  private final SessionPins pins = new SessionPins();

  /// Where somebody was let in last: what AWS says where the server is may change.
  private volatile @Nullable Endpoint letInAt;

  /// Connects to nothing yet.
  ///
  /// @param clock tells how far away the server is
  public RedshiftConnections(RedshiftSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.columns = new MissingColumns(clock);
    this.driver = DriverProperties.of(settings);
    this.failures = new SqlFailures(settings.logins().endpoint());
    this.permits = new Semaphore(settings.limits().maxConnections(), true);
    this.idle = new IdleSessions(KEPT);
    try {
      driver.requireThatCutsAreNoticed();
    } catch (SQLException broken) {
      throw new IllegalStateException("the Redshift driver is not usable", broken);
    }
  }

  RedshiftSettings settings() {
    return settings;
  }

  InstantSource clock() {
    return clock;
  }

  /// Which columns the source lacks.
  MissingColumns columns() {
    return columns;
  }

  SqlFailures failures() {
    return failures;
  }

  /// The sessions of this process, by the numbers that the server gave them.
  Set<Integer> sessions() {
    return Set.copyOf(sessions);
  }

  /// How many there are at this moment, and how many wait for their turn.
  public Gauges.Pool use() {
    int most = settings.limits().maxConnections();
    int active = most - permits.availablePermits();
    return new Gauges.Pool("source", active, idle.size(), permits.getQueueLength(), most);
  }

  /// Where the server is; empty while only AWS knows.
  Optional<Endpoint> server() {
    Endpoint known = letInAt;
    return known == null && settings.logins() instanceof RedshiftSettings.Login fixed
        ? Optional.of(fixed.endpoint())
        : Optional.ofNullable(known);
  }

  /// Something that is asked on a connection that nobody else uses meanwhile.
  interface Question<T> {
    T ask(Connection connection) throws SQLException;
  }

  /// Asks in autocommit, so that a statement that fails spoils nothing for the next one.
  ///
  /// @param step what it is for, in words that follow "cannot"
  <T> T ask(String step, Duration timeout, Question<T> question) {
    return ask(step, timeout, SearchPath.OWN, question);
  }

  /// The same for a job, in whose statements names are looked up as the job means them.
  <T> T ask(String step, SyncJob job, Question<T> question) {
    return ask(step, job.limits().timeout(), pathOf(job), question);
  }

  private SearchPath pathOf(SyncJob job) {
    return SearchPath.of(job, settings.searchPath());
  }

  private <T> T ask(String step, Duration timeout, SearchPath path, Question<T> question) {
    try (RedshiftSession session = open(timeout, path)) {
      try {
        T answer = question.ask(session.connection());
        session.answered();
        return answer;
      } catch (SQLException failure) {
        session.hangUp();
        throw failures.of(step, failure);
      }
    }
  }

  /// Waits for its turn, then connects. The session is in UTC.
  ///
  /// @param timeout after which the server gives a statement up
  RedshiftSession open(Duration timeout) {
    return open(timeout, SearchPath.OWN);
  }

  /// The same for a job, in whose statements names are looked up as the job means them.
  RedshiftSession open(SyncJob job) {
    return open(job.limits().timeout(), pathOf(job));
  }

  private RedshiftSession open(Duration timeout, SearchPath path) {
    try {
      permits.acquire();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new TransientFailure(
          FailureKind.UNREACHABLE,
          "cannot connect to %s: interrupted while waiting for one of source.max_connections"
              .formatted(failures.endpoint()),
          stopped);
    }
    boolean opened = false;
    try {
      OpenConnection connection = kept(timeout, path);
      RedshiftSession session = session(connection == null ? connected(timeout, path) : connection);
      opened = true;
      return session;
    } finally {
      if (!opened) {
        permits.release();
      }
    }
  }

  // kept before it is released: what is kept counts among those that are open
  private RedshiftSession session(OpenConnection connection) {
    return new RedshiftSession(connection, idle::keep, permits::release);
  }

  /// One that still answers; it is asked with the first thing it must be told anyway.
  private @Nullable OpenConnection kept(Duration timeout, SearchPath path) {
    Optional<OpenConnection> candidate = idle.take();
    while (candidate.isPresent()) {
      OpenConnection connection = candidate.get();
      try {
        int patience = connection.patience((int) settings.limits().connectTimeout().toMillis());
        limit(connection, timeout, path);
        connection.patience(patience);
        return connection;
      } catch (SQLException gone) {
        LOG.debug("a connection that was kept has gone", gone);
        connection.disconnect();
        candidate = idle.take();
      }
    }
    return null;
  }

  private OpenConnection connected(Duration timeout, SearchPath path) {
    OpenConnection connection;
    try {
      connection = new OpenConnection(login(), sessions);
    } catch (SQLException failure) {
      throw failures.of("connect", failure);
    }
    try {
      prepare(connection.jdbc());
      limit(connection, timeout, path);
      return connection;
    } catch (SQLException failure) {
      connection.disconnect();
      throw failures.of("set up a session", failure);
    }
  }

  /// A password that was changed, or ran out early, is told by a refusal: then with the new one.
  private Connection login() throws SQLException {
    RedshiftSettings.Login login = settings.logins().next();
    try {
      Connection connection = driver.connect(login);
      letInAt = login.endpoint();
      return connection;
    } catch (SQLException failure) {
      if (isRefusal(failure) && settings.logins().refused(login)) {
        return driver.connect(settings.logins().next());
      }
      throw new SqlFailures(login.endpoint()).of("connect", failure);
    }
  }

  private static boolean isRefusal(SQLException failure) {
    return failure.getSQLState() != null && failure.getSQLState().startsWith("28");
  }

  private void prepare(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      pins.pin(statement);
      if (settings.queryGroup().isPresent()) {
        tolerant(statement, "set query_group to '%s'".formatted(settings.queryGroup().get()));
      }
    }
  }

  /// There is nothing in it to compute: what it takes is the way there and back.
  private void limit(OpenConnection connection, Duration timeout, SearchPath path)
      throws SQLException {
    try (Statement statement = connection.jdbc().createStatement()) {
      if (!connection.path().equals(path)) {
        statement.execute("set search_path to " + path.sql());
        connection.looksUpIn(path);
      }
      long millis = Math.min(timeout.toMillis(), Integer.MAX_VALUE);
      Instant begin = clock.instant();
      tolerant(statement, "set statement_timeout to " + millis);
      connection.took(Duration.between(begin, clock.instant()));
    }
  }

  /// For what a server may lack that is not quite Redshift: queues, above all.
  private static void tolerant(Statement statement, String setting) throws SQLException {
    try {
      statement.execute(setting);
    } catch (SQLException refused) {
      if (refused.getSQLState() == null || !refused.getSQLState().startsWith("42")) {
        throw refused;
      }
      LOG.debug("the source does without '{}': {}", setting, SqlFailures.reason(refused));
    }
  }

  /// Hangs up on those that are kept; those in use end with their use.
  @Override
  public void close() {
    idle.close();
  }
}
