package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.row.RejectedRow;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.row.ShapedBatch;
import io.qupersync.domain.run.RunTally;
import io.qupersync.infrastructure.postgres.Stage.Counts;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes the rows of a batch. Speaks inside the caller's transaction.
final class BatchRows {

  /// @param written how many rows the target has taken, changed or not
  /// @param refused those it refused for what is in them
  record Outcome(Counts counts, long written, List<RejectedRow> refused) {

    RunTally tally(ShapedBatch batch) {
      return new RunTally(
          batch.read(),
          counts.inserted(),
          counts.updated(),
          written - counts.inserted() - counts.updated(),
          0,
          (long) batch.rejected().size() + refused.size(),
          batch.duplicates());
    }
  }

  private final Connection connection;
  private final TableMapping mapping;
  private final Stage stage;
  private final Optional<Mirror> mirror;

  BatchRows(Connection connection, TableMapping mapping, Stage stage, Optional<Mirror> mirror) {
    this.connection = connection;
    this.mapping = mapping;
    this.stage = stage;
    this.mirror = mirror;
  }

  /// All at once; a refused row fails them all.
  Outcome writeWhole(ShapedBatch batch) throws SQLException {
    if (batch.rows().isEmpty()) {
      return new Outcome(Counts.NONE, 0, List.of());
    }
    return new Outcome(write(batch.rows()), batch.rows().size(), List.of());
  }

  /// Halves the batch, and each half that is refused, until the culprits stand alone: the others
  /// are written, in their order.
  Outcome writeSplit(ShapedBatch batch) throws SQLException {
    var refused = new ArrayList<RejectedRow>();
    try (Statement statement = connection.createStatement()) {
      // a constraint that waits for the end of the transaction would have nobody to blame
      statement.execute("set constraints all immediate");
    }
    Counts counts = writeHalves(batch, 0, batch.rows().size(), refused);
    return new Outcome(counts, (long) batch.rows().size() - refused.size(), refused);
  }

  private Counts writeHalves(ShapedBatch batch, int from, int to, List<RejectedRow> refused)
      throws SQLException {
    if (to - from == 1) {
      return writePart(batch, from, to, refused);
    }
    int middle = (from + to) >>> 1;
    return writePart(batch, from, middle, refused).plus(writePart(batch, middle, to, refused));
  }

  private Counts writePart(ShapedBatch batch, int from, int to, List<RejectedRow> refused)
      throws SQLException {
    Savepoint before = connection.setSavepoint();
    try {
      Counts counts = write(batch.rows().subList(from, to));
      stage.empty();
      connection.releaseSavepoint(before);
      return counts;
    } catch (SQLException failure) {
      if (!DataRefusal.is(failure)) {
        throw failure;
      }
      connection.rollback(before);
      if (to - from > 1) {
        return writeHalves(batch, from, to, refused);
      }
      Row origin = batch.origins().get(from);
      refused.add(DataRefusal.of(failure).rejecting(origin, batch.rows().get(from), mapping));
      return Counts.NONE;
    }
  }

  private Counts write(List<Row> rows) throws SQLException {
    Counts counts = stage.write(rows);
    if (mirror.isPresent()) {
      mirror.get().rememberStaged();
    }
    return counts;
  }
}
