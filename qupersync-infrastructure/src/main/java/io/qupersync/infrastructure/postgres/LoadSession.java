package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.run.Lease;
import io.qupersync.infrastructure.jdbc.BorrowedConnection;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The session that a load writes on. It stays as the pool lent it until a batch needs more than
/// one statement: then it bears the run's name, and has transactions and temporary tables.
final class LoadSession implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LoadSession.class);

  private final BorrowedConnection borrowedConnection;
  private final Lease lease;
  private final String name;
  private boolean occupied;

  /// @param name of the run's sessions
  LoadSession(BorrowedConnection borrowedConnection, Lease lease, String name) {
    this.borrowedConnection = borrowedConnection;
    this.lease = lease;
    this.name = name;
  }

  Connection connection() {
    return borrowedConnection.connection();
  }

  /// Whether statements belong to transactions that someone must commit.
  boolean isOccupied() {
    return occupied;
  }

  /// From now on statements belong to transactions. Does nothing when they do already.
  void occupy() throws SQLException {
    if (occupied) {
      return;
    }
    try (PreparedStatement statement =
        connection().prepareStatement("select set_config('application_name', ?, false)")) {
      statement.setString(1, name);
      statement.execute();
    }
    connection().setAutoCommit(false);
    occupied = true;
  }

  boolean isSpent() {
    return borrowedConnection.isTainted();
  }

  /// The session is in doubt: it lets go of its locks now if it can, and nobody uses it again.
  void giveUp() {
    borrowedConnection.taint();
    if (!occupied) {
      return;
    }
    try {
      connection().rollback();
    } catch (SQLException lost) {
      LOG.debug("job={} run={} could not roll back", lease.job(), lease.run(), lost);
    }
  }

  @Override
  public void close() {
    try (borrowedConnection) {
      if (occupied && !borrowedConnection.isTainted()) {
        handBack();
      }
    }
  }

  /// Leaves nothing behind for the run that gets the session next.
  private void handBack() {
    try (Statement statement = connection().createStatement()) {
      // before the commit mode, whose change would commit what is open
      connection().rollback();
      connection().setAutoCommit(true);
      statement.execute("discard temporary; set application_name = 'QuperSync'");
    } catch (SQLException failure) {
      borrowedConnection.taint();
      LOG.debug("job={} run={} leaves a broken session", lease.job(), lease.run(), failure);
    }
  }
}
