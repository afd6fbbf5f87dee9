package io.qupersync.infrastructure.redshift;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;

/// One use of a connection. Belongs to one thread.
final class RedshiftSession implements AutoCloseable {

  private final OpenConnection connection;
  private final Consumer<OpenConnection> keep;
  private final Runnable release;
  private boolean answered;
  private boolean closed;

  /// @param keep takes a connection that may be used again
  /// @param release makes room for the next one
  RedshiftSession(OpenConnection connection, Consumer<OpenConnection> keep, Runnable release) {
    this.connection = connection;
    this.keep = keep;
    this.release = release;
  }

  Connection connection() {
    return connection.jdbc();
  }

  /// How far away the server is.
  Duration roundTrip() {
    return connection.roundTrip();
  }

  /// Says that all that was asked has been answered, and nothing is under way: the connection may
  /// serve someone else.
  void answered() {
    answered = true;
  }

  /// Hangs up, unless all was answered. Never throws.
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (answered && isReady()) {
        keep.accept(connection);
      } else {
        connection.disconnect();
      }
    } finally {
      release.run();
    }
  }

  private boolean isReady() {
    try {
      connection.jdbc().setAutoCommit(true);
      connection.jdbc().setReadOnly(false);
      return true;
    } catch (SQLException broken) {
      return false;
    }
  }

  /// Like [#close()], when a statement may still be running, which is then cancelled by a thread
  /// nobody waits for.
  void hangUp() {
    if (closed) {
      return;
    }
    answered = false;
    Thread.ofVirtual().name("redshift-cancel").start(connection::cancel);
    close();
  }
}
