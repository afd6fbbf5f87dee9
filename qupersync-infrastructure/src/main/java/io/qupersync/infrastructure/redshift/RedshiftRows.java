package io.qupersync.infrastructure.redshift;

import io.qupersync.application.port.Rows;
import io.qupersync.application.port.SyncFailure;
import io.qupersync.domain.row.RowBatch;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/// The rows of one extraction, as they come. Belongs to one thread, which should be a virtual one:
/// only there does an interrupt reach a read.
final class RedshiftRows implements Rows {

  private final RedshiftSession session;
  private final ResultCursor cursor;
  private final BatchReader reader;
  private final FetchSize fetch;
  private final ReadFailure failed;
  private boolean looksAhead = true;
  private boolean standsOnARow;
  private boolean ended;
  private boolean broken;

  /// How a failed read is told.
  @FunctionalInterface
  interface ReadFailure {
    SyncFailure of(SQLException failure, int fetchRows);
  }

  /// How the first rows are asked for, in a transaction that has just begun.
  @FunctionalInterface
  interface Opening {
    ResultCursor open(Connection connection, int rows) throws SQLException;
  }

  private RedshiftRows(
      RedshiftSession session,
      ResultCursor cursor,
      BatchReader reader,
      FetchSize fetch,
      ReadFailure failed) {
    this.session = session;
    this.cursor = cursor;
    this.reader = reader;
    this.fetch = fetch;
    this.failed = failed;
  }

  /// Waits for the first rows. The session is closed with the rows, or at once when that fails.
  static Rows start(
      RedshiftSession session,
      Transactions transactions,
      Opening opening,
      BatchReader reader,
      FetchSize fetch,
      ReadFailure failed) {
    boolean started = false;
    try {
      Connection connection = session.connection();
      connection.setReadOnly(transactions == Transactions.READ_ONLY);
      // without a transaction the driver reads the whole result before it gives the first row
      connection.setAutoCommit(false);
      ResultCursor cursor = opening.open(connection, fetch.rows());
      started = true;
      return new RedshiftRows(session, cursor, reader, fetch, failed);
    } catch (SQLException failure) {
      throw failed.of(failure, fetch.rows());
    } finally {
      if (!started) {
        session.hangUp();
      }
    }
  }

  @Override
  public Optional<RowBatch> next() {
    if (ended) {
      return Optional.empty();
    }
    try {
      requireNoInterrupt();
      return Optional.of(collect()).filter(batch -> batch.size() > 0);
    } catch (SQLException failure) {
      broken = true;
      throw failed.of(failure, fetch.rows());
    }
  }

  private RowBatch collect() throws SQLException {
    while (!reader.isFull() && advance() && reader.accept(cursor.row())) {
      standsOnARow = false;
      if (fetch.sees(reader.rowBytes())) {
        cursor.hold(fetch.rows());
      }
    }
    if (looksAhead && !standsOnARow && !ended) {
      // a server that loses its portals does so at the second fetch: better before any row is
      // handed out
      advance();
    }
    looksAhead = false;
    return reader.take();
  }

  /// Whether there is a row in hand.
  private boolean advance() throws SQLException {
    if (standsOnARow) {
      return true;
    }
    if (!cursor.next()) {
      proveEnd();
      ended = true;
      return false;
    }
    standsOnARow = true;
    return true;
  }

  /// "No more rows" is what a broken stream says, too. Only a connection that still answers, in the
  /// same transaction, has delivered them all; a commit alone may send nothing.
  private void proveEnd() throws SQLException {
    Connection connection = session.connection();
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery("select 1")) {
      if (!answer.next() || answer.getInt(1) != 1) {
        throw new SQLException("the connection does not answer after the last row", "08006");
      }
    }
    // whatever a query may have written by the functions it calls
    connection.rollback();
    session.answered();
  }

  // between two fetches nothing else would notice
  private static void requireNoInterrupt() throws SQLException {
    if (Thread.currentThread().isInterrupted()) {
      throw new SQLException("interrupted");
    }
  }

  @Override
  public void close() {
    if (broken) {
      session.hangUp();
    } else {
      session.close();
    }
  }
}
