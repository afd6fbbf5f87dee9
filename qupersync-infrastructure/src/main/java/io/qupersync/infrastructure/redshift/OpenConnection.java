package io.qupersync.infrastructure.redshift;

import com.amazon.redshift.core.QueryExecutor;
import com.amazon.redshift.jdbc.RedshiftConnectionImpl;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A connection with the driver's own hand on it: only that can cancel what runs on a connection
/// that is lost.
final class OpenConnection {

  private static final Logger LOG = LoggerFactory.getLogger(OpenConnection.class);
  private static final Executor AT_ONCE = Runnable::run;

  private final Connection jdbc;
  private final QueryExecutor executor;
  private final Runnable whenClosed;
  private SearchPath path = SearchPath.OWN;
  private Duration roundTrip = ChronoUnit.FOREVER.getDuration();

  /// @param sessions the sessions of this process, by the server's numbers: this one is among them
  ///   as long as it is open
  OpenConnection(Connection jdbc, Set<Integer> sessions) throws SQLException {
    this.jdbc = jdbc;
    this.executor = jdbc.unwrap(RedshiftConnectionImpl.class).getQueryExecutor();
    int session = executor.getBackendPID();
    sessions.add(session);
    this.whenClosed = () -> sessions.remove(session);
  }

  Connection jdbc() {
    return jdbc;
  }

  SearchPath path() {
    return path;
  }

  /// To be called when the session has been told.
  void looksUpIn(SearchPath other) {
    path = other;
  }

  /// The shortest time so far from a word to its answer; for ever before the first.
  Duration roundTrip() {
    return roundTrip;
  }

  void took(Duration time) {
    if (time.compareTo(roundTrip) < 0) {
      roundTrip = time;
    }
  }

  /// How long the server may be silent from now on.
  ///
  /// @return how long it might before
  int patience(int millis) throws SQLException {
    int before = jdbc.getNetworkTimeout();
    jdbc.setNetworkTimeout(AT_ONCE, millis);
    return before;
  }

  /// Hangs up without a word to a statement: closing that first would cost a round trip, or a wait
  /// for a server that says nothing. The server rolls back. Never throws.
  void disconnect() {
    try {
      jdbc.close();
    } catch (SQLException | RuntimeException failure) {
      LOG.debug("closing a connection that is broken", failure);
    } finally {
      whenClosed.run();
    }
  }

  /// A server that computes does not notice that its client has gone, so it is told. Never throws.
  void cancel() {
    try {
      executor.sendQueryCancel();
    } catch (SQLException | RuntimeException failure) {
      LOG.debug("the server cannot be told to stop a statement; its timeout will", failure);
    }
  }
}
