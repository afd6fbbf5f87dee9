package io.qupersync.infrastructure.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.SQLExceptionOverride;
import com.zaxxer.hikari.pool.HikariPool;
import io.qupersync.application.port.Gauges;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Connections to one database. Nothing connects before the first loan, so that a process can start
/// while the database is away; the first loan fails at once, and tells why, where it cannot be
/// reached. Safe for use by many threads.
public final class ConnectionPool implements AutoCloseable {

  /// @param name tells the pools of a process apart in thread names and logs
  /// @param connections how many there may be at a time; more borrowers wait
  /// @param patience how long a borrower waits before it gets a [SyncFailure]
  /// @param sessionSql sets each new session up
  public record Settings(String name, int connections, Duration patience, String sessionSql) {}

  private static final Duration IDLE = Duration.ofMinutes(2);

  private final HikariConfig config;
  private final SqlFailures failures;
  private volatile @Nullable HikariDataSource pool;

  private final InstantSource clock;

  /// When somebody got a connection last.
  private volatile Instant lentAt;

  private boolean closed;

  /// @param connector opens a new connection to the database
  public ConnectionPool(
      DataSource connector, Settings settings, SqlFailures failures, InstantSource clock) {
    this.failures = failures;
    this.clock = clock;
    this.lentAt = clock.instant();
    this.config = new HikariConfig();
    config.setDataSource(connector);
    config.setPoolName(settings.name());
    config.setMaximumPoolSize(settings.connections());
    config.setMinimumIdle(0);
    config.setIdleTimeout(IDLE.toMillis());
    config.setConnectionTimeout(settings.patience().toMillis());
    config.setConnectionInitSql(settings.sessionSql());
    // the first connection is tried once: a wrong password is told at once, not after the patience
    config.setInitializationFailTimeout(1);
    config.setExceptionOverride(new KeptOpen());
  }

  /// A feature that the server lacks is no reason to hang up: whoever goes on, to roll back for
  /// example, would be told of a closed connection, and not of the feature.
  static final class KeptOpen implements SQLExceptionOverride {
    @java.lang.Override
    public SQLExceptionOverride.Override adjudicate(SQLException failure) {
      return "0A000".equals(failure.getSQLState())
          ? SQLExceptionOverride.Override.DO_NOT_EVICT
          : SQLExceptionOverride.Override.CONTINUE_EVICT;
    }
  }

  /// What this database's exceptions mean.
  public SqlFailures failures() {
    return failures;
  }

  /// Lends a connection on which each statement is a transaction.
  ///
  /// @param step what is being done, in words that follow "cannot"
  public <T> T with(String step, SqlWork<T> work) {
    try (Connection connection = connection()) {
      return work.on(connection);
    } catch (SQLException failure) {
      throw failures.of(step, failure);
    }
  }

  /// Lends a connection for one transaction, which is committed when the work returns and rolled
  /// back when it throws.
  ///
  /// @param step what is being done, in words that follow "cannot"
  public <T> T inTransaction(String step, SqlWork<T> work) {
    // what is neither committed nor rolled back is rolled back when the pool gets it back
    try (Connection connection = connection()) {
      connection.setAutoCommit(false);
      T result = work.on(connection);
      connection.commit();
      return result;
    } catch (SQLException failure) {
      throw failures.of(step, failure);
    }
  }

  /// Lends a connection until the loan is closed.
  ///
  /// @param step what is being done, in words that follow "cannot"
  public BorrowedConnection borrow(String step) {
    try {
      return new BorrowedConnection(pool(), connection());
    } catch (SQLException failure) {
      throw failures.of(step, failure);
    }
  }

  /// The pool for a library that asks for one.
  ///
  /// @param step what is being done, in words that follow "cannot"
  public DataSource dataSource(String step) {
    try {
      return pool();
    } catch (SQLException failure) {
      throw failures.of(step, failure);
    }
  }

  /// How it is used at this moment; opens nothing.
  public Gauges.Pool use() {
    HikariDataSource current = pool;
    HikariPoolMXBean open = current == null ? null : current.getHikariPoolMXBean();
    return open == null
        ? new Gauges.Pool(config.getPoolName(), 0, 0, 0, config.getMaximumPoolSize())
        : new Gauges.Pool(
            config.getPoolName(),
            open.getActiveConnections(),
            open.getIdleConnections(),
            open.getThreadsAwaitingConnection(),
            config.getMaximumPoolSize());
  }

  /// Whether somebody waits, and nobody has got a connection for so long.
  public boolean isStuckFor(Duration duration) {
    return use().waiting() > 0 && lentAt.plus(duration).isBefore(clock.instant());
  }

  private Connection connection() throws SQLException {
    Connection connection = pool().getConnection();
    lentAt = clock.instant();
    return connection;
  }

  private synchronized HikariDataSource pool() throws SQLException {
    if (closed) {
      throw new SQLException("the connections are closed, the program is stopping", "08003");
    }
    HikariDataSource current = pool;
    if (current == null) {
      current = opened();
      pool = current;
    }
    return current;
  }

  private HikariDataSource opened() throws SQLException {
    try {
      return new HikariDataSource(config);
    } catch (HikariPool.PoolInitializationException failure) {
      throw failure.getCause() instanceof SQLException told
          ? told
          : new SQLException(failure.getMessage(), "08001", failure);
    }
  }

  /// Closes all connections, those on loan too.
  @Override
  public synchronized void close() {
    closed = true;
    if (pool != null) {
      pool.close();
    }
  }
}
