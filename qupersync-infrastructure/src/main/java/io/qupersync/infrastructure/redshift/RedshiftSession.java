package io.qupersync.infrastructure.redshift;

import com.amazon.redshift.core.QueryExecutor;
import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection for one use, never used again. Belongs to one thread.
final class RedshiftSession implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RedshiftSession.class);

  private final Connection connection;
  private final QueryExecutor executor;
  private final Runnable release;
  private boolean closed;

  /// @param executor the driver's own, for only it can cancel what runs on a connection that is
  ///   lost
  /// @param release makes room for the next connection
  RedshiftSession(Connection connection, QueryExecutor executor, Runnable release) {
    this.connection = connection;
    this.executor = executor;
    this.release = release;
  }

  Connection connection() {
    return connection;
  }

  /// Hangs up without a word to the statement: closing that first would cost a round trip, or a
  /// wait for a server that says nothing. The server rolls back. Never throws.
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      connection.close();
    } catch (SQLException | RuntimeException failure) {
      LOG.debug("closing a connection that is broken", failure);
    } finally {
      release.run();
    }
  }

  /// Like [#close()], when a statement may still be running: a server that computes does not notice
  /// that its client has gone, so it is told, by a thread nobody waits for.
  void hangUp() {
    if (closed) {
      return;
    }
    Thread.ofVirtual().name("redshift-cancel").start(this::cancel);
    close();
  }

  private void cancel() {
    try {
      executor.sendQueryCancel();
    } catch (SQLException | RuntimeException failure) {
      LOG.debug("the server cannot be told to stop a statement; its timeout will", failure);
    }
  }
}
