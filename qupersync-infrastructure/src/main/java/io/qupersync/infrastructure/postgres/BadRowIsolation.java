package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.row.Row;
import io.qupersync.infrastructure.postgres.StagingTable.Counts;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Finds the rows that the target refuses for what is in them, and writes the others, in their
/// order. Speaks inside the caller's transaction.
///
/// A part that is refused is tried again as a smaller one, until the culprits stand alone; after
/// one that was taken, the next may be larger. Each part that was taken costs the server a lock
/// until the transaction ends, of which it has a few thousand for all its sessions: after some of
/// them, they are taken back and written again as one.
final class BadRowIsolation {

  private static final int MOST_PARTS = 200;

  /// So many rows are refused one after the other, and none taken, for a reason that may be the
  /// statement's own, until it is.
  private static final int MOST_DOUBTFUL = 20;

  /// Writes some rows.
  interface Writing {
    Counts write(List<Row> rows) throws SQLException;
  }

  /// What the target made of some rows.
  private sealed interface Part {

    record Taken(Counts counts) implements Part {}

    record Refused(DataRefusal refusal) implements Part {}
  }

  private final Connection connection;
  private final StagingTable stagingTable;
  private final List<Row> rows;
  private final Writing writing;
  private final Map<Integer, DataRefusal> refused = new LinkedHashMap<>();
  private Counts counts = Counts.NONE;
  private int next;
  private int size;
  private boolean someAreTaken;

  BadRowIsolation(
      Connection connection, StagingTable stagingTable, List<Row> rows, Writing writing) {
    this.connection = connection;
    this.stagingTable = stagingTable;
    this.rows = rows;
    this.writing = writing;
    this.size = Math.max(1, rows.size() / 2);
  }

  /// To be called once.
  ///
  /// @return why which row was refused
  Map<Integer, DataRefusal> sift() throws SQLException {
    while (next < rows.size()) {
      siftSome();
    }
    if (!someAreTaken && !refused.isEmpty()) {
      SQLException first = refused.values().iterator().next().said();
      if (refused.values().stream().allMatch(each -> DataRefusal.isOfMissing(each.said()))) {
        throw first;
      }
    }
    return refused;
  }

  /// To be called first when nobody knows whether a row is at fault: the statements that write rows
  /// must work where there is none.
  ///
  /// @throws SQLException the failure, when they do not
  void requireThatNoRowsCanBeWritten(SQLException failure) throws SQLException {
    Savepoint before = connection.setSavepoint();
    try {
      Counts _ = writing.write(List.of());
      connection.rollback(before);
    } catch (SQLException again) {
      failure.addSuppressed(again);
      throw failure;
    }
  }

  /// What is refused row by row, and never taken, is not the rows' fault.
  private void refuse(DataRefusal refusal) throws SQLException {
    refused.put(next++, refusal);
    boolean inDoubt = !DataRefusal.is(refusal.said());
    if (inDoubt && !someAreTaken && refused.size() >= MOST_DOUBTFUL) {
      throw refusal.said();
    }
  }

  /// What writing came to.
  Counts counts() {
    return counts;
  }

  private void siftSome() throws SQLException {
    Savepoint before = connection.setSavepoint();
    var taken = new ArrayList<Integer>();
    Counts soFar = Counts.NONE;
    int parts = 0;
    while (next < rows.size() && parts < MOST_PARTS) {
      int end = Math.min(rows.size(), next + size);
      switch (write(rows.subList(next, end))) {
        case Part.Taken(Counts more) -> {
          IntStream.range(next, end).forEach(taken::add);
          soFar = soFar.plus(more);
          parts++;
          someAreTaken = true;
          size = Math.min(rows.size(), 2 * (end - next));
          next = end;
        }
        case Part.Refused(DataRefusal refusal) when end - next > 1 -> {
          int half = (end - next) / 2;
          size = refusal.rowsBefore().map(fine -> Math.min(fine, end - next - 1)).orElse(half);
        }
        case Part.Refused(DataRefusal refusal) -> refuse(refusal);
      }
    }
    if (parts == MOST_PARTS) {
      connection.rollback(before);
      soFar = writeAgain(taken);
    }
    connection.releaseSavepoint(before);
    counts = counts.plus(soFar);
  }

  /// What was taken part by part may be refused at once, such as two keys that only the server
  /// holds to be one.
  private Counts writeAgain(List<Integer> taken) throws SQLException {
    return switch (write(taken.stream().map(rows::get).toList())) {
      case Part.Taken(Counts more) -> more;
      case Part.Refused(DataRefusal _) when taken.size() > 1 -> {
        int middle = taken.size() / 2;
        Counts first = writeAgain(taken.subList(0, middle));
        yield first.plus(writeAgain(taken.subList(middle, taken.size())));
      }
      case Part.Refused(DataRefusal refusal) -> {
        refused.put(taken.getFirst(), refusal);
        yield Counts.NONE;
      }
    };
  }

  private Part write(List<Row> part) throws SQLException {
    Savepoint before = connection.setSavepoint();
    try {
      Counts written = writing.write(part);
      stagingTable.empty(part.size());
      connection.releaseSavepoint(before);
      return new Part.Taken(written);
    } catch (SQLException failure) {
      if (!DataRefusal.mayBe(failure)) {
        throw failure;
      }
      connection.rollback(before);
      // or the next ones would lie within this one, thousands deep
      connection.releaseSavepoint(before);
      // outside what was rolled back, or it would be, too
      stagingTable.tidy(part.size());
      return new Part.Refused(DataRefusal.of(failure));
    }
  }
}
