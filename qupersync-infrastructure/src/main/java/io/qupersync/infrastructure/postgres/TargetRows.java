package io.qupersync.infrastructure.postgres;

import io.qupersync.application.port.Rows;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.row.RowBatch;
import io.qupersync.infrastructure.jdbc.BorrowedConnection;
import io.qupersync.infrastructure.jdbc.SqlFailures;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Rows of a target table as they arrive, as many at a time as fit a fixed budget.
final class TargetRows implements Rows {

  private static final Logger LOG = LoggerFactory.getLogger(TargetRows.class);

  private static final long BUDGET = 1 << 20;
  private static final int MOST = 2000;
  private static final int FIRST = 20;

  private final BorrowedConnection borrowedConnection;
  private final SqlFailures failures;
  private final String step;
  private final TargetCell[] cells;
  private final PreparedStatement statement;
  private final ResultSet rows;
  private boolean ended;

  /// @param statement a query for the columns of `cells`; a transaction is open on its connection
  TargetRows(
      BorrowedConnection borrowedConnection,
      SqlFailures failures,
      String step,
      List<TargetCell> cells,
      PreparedStatement statement)
      throws SQLException {
    this.borrowedConnection = borrowedConnection;
    this.failures = failures;
    this.step = step;
    this.cells = cells.toArray(TargetCell[]::new);
    this.statement = statement;
    statement.setFetchSize(FIRST);
    this.rows = statement.executeQuery();
  }

  @Override
  public Optional<RowBatch> next() {
    try {
      var batch = new ArrayList<Row>();
      long bytes = 0;
      while (!ended && batch.size() < MOST && bytes < BUDGET) {
        ended = !rows.next();
        if (!ended) {
          Row row = row(rows, cells);
          batch.add(row);
          bytes += bytes(row);
        }
      }
      if (batch.isEmpty()) {
        return Optional.empty();
      }
      rows.setFetchSize(Math.clamp(BUDGET * batch.size() / Math.max(bytes, 1), 1, MOST));
      return Optional.of(RowBatch.of(batch, bytes));
    } catch (SQLException failure) {
      borrowedConnection.taint();
      throw failures.of(step, failure);
    }
  }

  static Row row(ResultSet rows, TargetCell[] columns) throws SQLException {
    @Nullable Object[] cells = new Object[columns.length];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = columns[i].read(rows, i + 1);
    }
    return new Row(cells);
  }

  private static long bytes(Row row) {
    long bytes = 0;
    for (int i = 0; i < row.size(); i++) {
      bytes += TargetCell.bytes(row.cell(i));
    }
    return bytes;
  }

  @Override
  public void close() {
    try (borrowedConnection) {
      statement.close();
    } catch (SQLException failure) {
      borrowedConnection.taint();
      LOG.debug("a read of the target could not be closed", failure);
    }
  }
}
