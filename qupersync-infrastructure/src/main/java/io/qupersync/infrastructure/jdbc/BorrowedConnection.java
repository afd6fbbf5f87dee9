package io.qupersync.infrastructure.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A connection of a pool for as long as its borrower needs it. Used by one thread at a time.
public final class BorrowedConnection implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BorrowedConnection.class);

  private final HikariDataSource pool;
  private final Connection connection;
  private boolean tainted;

  BorrowedConnection(HikariDataSource pool, Connection connection) {
    this.pool = pool;
    this.connection = connection;
  }

  public Connection connection() {
    return connection;
  }

  /// Nobody shall use the connection after this borrower: its state is in doubt.
  public void taint() {
    tainted = true;
  }

  public boolean isTainted() {
    return tainted;
  }

  /// Gives the connection back, or ends it when it is tainted. Never throws.
  @Override
  public void close() {
    try {
      if (tainted) {
        pool.evictConnection(connection);
      } else {
        connection.close();
      }
    } catch (SQLException failure) {
      LOG.debug("a connection could not be given back", failure);
    }
  }
}
