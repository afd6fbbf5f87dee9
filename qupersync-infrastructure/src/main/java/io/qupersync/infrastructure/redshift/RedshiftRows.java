package io.qupersync.infrastructure.redshift;

import static java.util.Objects.requireNonNull;

import io.qupersync.application.port.Rows;
import io.qupersync.application.port.SyncFailure;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.row.RowBatch;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rows of one extraction, as they come. Belongs to one thread, which should be a virtual one:
/// only there does an interrupt reach a read.
final class RedshiftRows implements Rows {

  private final RedshiftSession session;
  private final ResultSet result;
  private final RowReader reader;
  private final FetchSize fetch;
  private final Reading reading;
  private @Nullable Row held;
  private long heldBytes;
  private boolean ended;
  private boolean broken;

  /// What bounds the reading, and how it speaks of its failures.
  ///
  /// @param batchRows rows of a batch at most
  /// @param batchBytes heap of a batch at most; a larger row goes alone
  /// @param failed turns what went wrong into a failure, given the fetch size of that moment
  record Reading(int batchRows, long batchBytes, ReadFailure failed) {}

  /// How a failed read is told.
  @FunctionalInterface
  interface ReadFailure {
    SyncFailure of(SQLException failure, int fetchRows);
  }

  private RedshiftRows(
      RedshiftSession session,
      ResultSet result,
      RowReader reader,
      FetchSize fetch,
      Reading reading) {
    this.session = session;
    this.result = result;
    this.reader = reader;
    this.fetch = fetch;
    this.reading = reading;
  }

  /// Sends the statement and waits for its first rows. The session is closed with the rows, or at
  /// once when that fails.
  static Rows start(
      RedshiftSession session, SqlText sql, RowReader reader, FetchSize fetch, Reading reading) {
    boolean started = false;
    try {
      Connection connection = session.connection();
      // without all of this the driver reads the whole result before it gives the first row
      connection.setAutoCommit(false);
      // executed once only: from the second time on, the driver would ask for other formats
      PreparedStatement statement = connection.prepareStatement(sql.withPlaceholders());
      statement.setFetchSize(fetch.rows());
      sql.bindTo(statement);
      ResultSet result = statement.executeQuery();
      started = true;
      return new RedshiftRows(session, result, reader, fetch, reading);
    } catch (SQLException failure) {
      throw reading.failed().of(failure, fetch.rows());
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
      return Optional.of(collect()).filter(batch -> !batch.rows().isEmpty());
    } catch (SQLException failure) {
      broken = true;
      throw reading.failed().of(failure, fetch.rows());
    }
  }

  private RowBatch collect() throws SQLException {
    List<Row> rows = new ArrayList<>();
    long bytes = 0;
    while (rows.size() < reading.batchRows() && advance()) {
      if (!rows.isEmpty() && bytes + heldBytes > reading.batchBytes()) {
        break;
      }
      rows.add(take());
      bytes += heldBytes;
    }
    return new RowBatch(rows, bytes);
  }

  /// Whether there is a row in hand; reads it where there is none.
  private boolean advance() throws SQLException {
    if (held != null) {
      return true;
    }
    if (!result.next()) {
      proveEnd();
      ended = true;
      return false;
    }
    held = reader.read(result);
    heldBytes = reader.bytes();
    if (fetch.sees(heldBytes)) {
      result.setFetchSize(fetch.rows());
    }
    return true;
  }

  private Row take() {
    Row row = requireNonNull(held);
    held = null;
    return row;
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
    connection.commit();
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
