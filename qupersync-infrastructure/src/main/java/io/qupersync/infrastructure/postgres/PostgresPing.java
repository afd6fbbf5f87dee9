package io.qupersync.infrastructure.postgres;

import io.qupersync.application.port.DatabasePing;
import io.qupersync.application.port.DatabaseProbe.Probed;
import io.qupersync.application.port.TransientFailure;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.infrastructure.jdbc.SqlFailures;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks PostgreSQL for its version on one connection that is kept for nothing else, so that a pool
/// that is exhausted does not look like a database that is away. Safe for use by many threads;
/// while one waits for an answer, the others are told that there is none yet.
final class PostgresPing implements DatabasePing, AutoCloseable {

  /// After which the driver gives an answer up, and with it the connection.
  static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final Logger LOG = LoggerFactory.getLogger(PostgresPing.class);

  private static final String TOO_MANY_CONNECTIONS = "53300";

  private final DataSource connector;
  private final SqlFailures failures;
  private final ReentrantLock oneAtATime = new ReentrantLock();
  private @Nullable Connection kept;

  PostgresPing(DataSource connector, SqlFailures failures) {
    this.connector = connector;
    this.failures = failures;
  }

  @Override
  public Optional<Probed> ping() {
    if (!oneAtATime.tryLock()) {
      throw new TransientFailure(
          FailureKind.UNREACHABLE,
          "cannot connect: %s gave no answer in time; check the network, the firewall and the server's log"
              .formatted(failures.endpoint()));
    }
    try {
      return Optional.of(askKept());
    } catch (SQLException failure) {
      hangUp();
      if (TOO_MANY_CONNECTIONS.equals(failure.getSQLState())) {
        // it answers, and those who have a connection can work
        return Optional.of(new Probed(SqlFailures.reason(failure), "", false));
      }
      throw failures.of("connect", failure);
    } finally {
      oneAtATime.unlock();
    }
  }

  /// A connection that has gone, as after a restart, says nothing about the server that is there
  /// now.
  private Probed askKept() throws SQLException {
    Connection old = kept();
    if (old != null) {
      try {
        return ask(old);
      } catch (SQLException gone) {
        LOG.debug("the connection for pings has gone: {}", SqlFailures.reason(gone));
        hangUp();
      }
    }
    Connection fresh = connector.getConnection();
    keep(fresh);
    return ask(fresh);
  }

  private static Probed ask(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(PostgresProbe.WHO);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return new Probed(row.getString(1), row.getString(2), row.getBoolean(3));
    }
  }

  private synchronized @Nullable Connection kept() {
    return kept;
  }

  private synchronized void keep(Connection fresh) {
    kept = fresh;
  }

  private synchronized void hangUp() {
    Connection old = kept;
    kept = null;
    if (old != null) {
      try {
        old.abort(Runnable::run);
      } catch (SQLException failure) {
        LOG.debug("a connection could not be closed", failure);
      }
    }
  }

  @Override
  public void close() {
    hangUp();
  }
}
