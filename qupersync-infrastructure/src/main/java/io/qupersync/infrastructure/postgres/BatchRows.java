package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.progress.LateRows;
import io.qupersync.domain.progress.Lateness;
import io.qupersync.domain.row.PassThroughBatch;
import io.qupersync.domain.row.RejectedRow;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.row.ShapedBatch;
import io.qupersync.domain.row.TargetBatch;
import io.qupersync.domain.run.RunTally;
import io.qupersync.infrastructure.postgres.StagingTable.Counts;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes the rows of a batch. Speaks inside the caller's transaction.
final class BatchRows {

  /// What writing a batch came to.
  ///
  /// @param rejected all rows that were not written, before or now
  /// @param forOthers those of them that were refused for the sake of other rows
  record Outcome(
      RunTally tally,
      List<RejectedRow> rejected,
      List<RejectedRow> forOthers,
      Optional<Lateness> late) {

    /// Of rows that the target has taken, changed or not.
    static Outcome of(Counts counts, long read) {
      return new Outcome(tally(counts, read, read, 0), List.of(), List.of(), counts.late());
    }

    /// @param refused rows that the target refused for what is in them
    static Outcome of(
        Counts counts, ShapedBatch batch, List<RejectedRow> refused, List<RejectedRow> forOthers) {
      var rejected = new ArrayList<>(batch.rejected());
      rejected.addAll(refused);
      long written = (long) batch.rows().size() - refused.size();
      return new Outcome(
          tally(counts, written, batch.read(), rejected.size()),
          List.copyOf(rejected),
          List.copyOf(forOthers),
          counts.late());
    }

    private static RunTally tally(Counts counts, long written, long read, long rejected) {
      return new RunTally(
          read,
          counts.inserted(),
          counts.updated(),
          counts.unchanged(),
          0,
          rejected,
          written - counts.keys());
    }
  }

  private final Connection connection;
  private final TableMapping mapping;
  private final StagingTable stagingTable;
  private final DirectCopy straight;
  private final Optional<Mirror> mirror;

  BatchRows(
      Connection connection,
      TableMapping mapping,
      StagingTable stagingTable,
      DirectCopy straight,
      Optional<Mirror> mirror) {
    this.connection = connection;
    this.mapping = mapping;
    this.stagingTable = stagingTable;
    this.straight = straight;
    this.mirror = mirror;
  }

  /// Whether a batch may go straight into the target. Of late rows the stage knows more.
  boolean maySendStraight(TargetBatch batch, Optional<LateRows> late) {
    return straight.isOpen() && late.isEmpty() && !repeatsAKey(batch);
  }

  private static boolean repeatsAKey(TargetBatch batch) {
    return batch instanceof ShapedBatch shaped && shaped.repeatsAKey();
  }

  /// A refused row fails them all.
  Outcome sendStraight(TargetBatch batch) throws SQLException {
    return switch (batch) {
      case PassThroughBatch passing ->
          Outcome.of(inserted(straight.write(passing), batch.read()), batch.read());
      case ShapedBatch shaped ->
          Outcome.of(
              inserted(straight.write(shaped.rows()), shaped.rows().size()),
              shaped,
              List.of(),
              List.of());
    };
  }

  private static Counts inserted(long rows, long keys) {
    return new Counts(keys, rows, 0, 0, Optional.empty());
  }

  /// Rows as they came; a refused one fails them all.
  Outcome writePassing(PassThroughBatch batch, Optional<LateRows> late) throws SQLException {
    Counts counts = stagingTable.write(batch, late);
    rememberStaged();
    return Outcome.of(counts, batch.read());
  }

  /// All at once; a refused row fails them all.
  Outcome writeWhole(ShapedBatch batch, Optional<LateRows> late) throws SQLException {
    if (batch.rows().isEmpty()) {
      return Outcome.of(Counts.NONE, batch, List.of(), List.of());
    }
    return Outcome.of(write(batch.rows(), batch.repeatsAKey(), late), batch, List.of(), List.of());
  }

  /// Without the rows that are refused.
  ///
  /// @param failure what became of all of them
  Outcome writeSplit(ShapedBatch batch, Optional<LateRows> late, SQLException failure)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // a constraint that waits for the end of the transaction would have nobody to blame
      statement.execute("set constraints all immediate");
    }
    var badRowIsolation =
        new BadRowIsolation(
            connection, stagingTable, batch.rows(), part -> write(part, batch.repeatsAKey(), late));
    if (!DataRefusal.is(failure)) {
      badRowIsolation.requireThatNoRowsCanBeWritten(failure);
    }
    var refused = new ArrayList<RejectedRow>();
    var forOthers = new ArrayList<RejectedRow>();
    badRowIsolation
        .sift()
        .forEach((index, refusal) -> {
          RejectedRow row =
              refusal.rejecting(batch.origins().get(index), batch.rows().get(index), mapping);
          refused.add(row);
          if (refusal.isForOthers()) {
            forOthers.add(row);
          }
        });
    return Outcome.of(badRowIsolation.counts(), batch, refused, forOthers);
  }

  private Counts write(List<Row> rows, boolean mayRepeat, Optional<LateRows> late)
      throws SQLException {
    Counts counts = stagingTable.write(rows, mayRepeat, late);
    rememberStaged();
    return counts;
  }

  private void rememberStaged() throws SQLException {
    if (mirror.isPresent()) {
      mirror.get().rememberStaged();
    }
  }
}
