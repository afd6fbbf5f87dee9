package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.progress.LateRows;
import io.qupersync.domain.progress.Lateness;
import io.qupersync.domain.row.PassThroughBatch;
import io.qupersync.domain.row.Row;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.postgresql.PGConnection;

/// Takes rows to the target by way of a temporary table with the target's own column types, and
/// from there to where they differ from what is there. Speaks inside the caller's transaction.
final class StagingTable {

  static final String TABLE = "pg_temp.qupersync_stage";

  /// A row that `on conflict` updated carries the lock it was found with in `xmax`; a new one does
  /// not.
  static final String IS_NEW = "(xmax = 0)";

  /// How many rows were inserted and updated.
  ///
  /// @param keys of how many rows, once for each key
  /// @param unchanged how many were there as they should be
  /// @param late how late some of them came
  record Counts(long keys, long inserted, long updated, long unchanged, Optional<Lateness> late) {
    static final Counts NONE = new Counts(0, 0, 0, 0, Optional.empty());

    Counts plus(Counts more) {
      return new Counts(
          keys + more.keys,
          inserted + more.inserted,
          updated + more.updated,
          unchanged + more.unchanged,
          late.map(mine -> more.late.map(mine::and).orElse(mine)).or(more::late));
    }
  }

  private static final int MOST_DEAD = 2000;

  private final Connection connection;
  private final TableMapping mapping;
  private final RowCopy copy;
  private final PackedCopy packed;
  private final RowCopy orderedCopy;
  private final PackedCopy orderedPacked;
  private final StagingTableSql sql;
  private final FoldSql fold;
  private final boolean keysAreExact;
  private final CheckedColumns checked;
  private boolean mostAreThere;
  private int dead;

  /// The table is still to be [#create]d.
  StagingTable(Connection connection, TableMapping mapping, TargetTable there) {
    this.connection = connection;
    this.mapping = mapping;
    this.checked = CheckedColumns.of(mapping, there);
    this.copy = new RowCopy(connection, TABLE, mapping.targetColumns(), checked);
    this.packed = new PackedCopy(connection, TABLE, there.typed(mapping), List.of());
    this.orderedCopy = new RowCopy(connection, FoldSql.TABLE, mapping.targetColumns(), checked);
    this.orderedPacked = new PackedCopy(connection, FoldSql.TABLE, there.typed(mapping), List.of());
    this.sql = new StagingTableSql(mapping, there);
    this.fold = new FoldSql(mapping, there);
    this.keysAreExact = KeyEquality.isExact(mapping, there);
    this.mostAreThere = !there.isEmpty();
  }

  /// Creates the temporary table, which lives as long as the session.
  void create() throws SQLException {
    execute(sql.create(connection.unwrap(PGConnection.class)));
    checked.addTo(TABLE, connection);
  }

  /// @param mayRepeat whether a key may come twice
  /// @param late which rows to have an eye on
  Counts write(List<Row> rows, boolean mayRepeat, Optional<LateRows> late) throws SQLException {
    long keys = rows.size();
    if (rows.size() > 1 && (mayRepeat || !keysAreExact)) {
      execute(fold.create());
      orderedCopy.send(rows);
      checked.requireWhatWasSent(FoldSql.TABLE, connection);
      keys = fold();
    } else {
      copy.send(rows);
      checked.requireWhatWasSent(TABLE, connection);
    }
    return merge(keys, () -> DenseKeys.of(rows, mapping), late);
  }

  /// @param late which rows to have an eye on
  Counts write(PassThroughBatch batch, Optional<LateRows> late) throws SQLException {
    long keys = batch.read();
    if (keysAreExact) {
      packed.send(batch, List.of());
      checked.requireWhatWasSent(TABLE, connection);
    } else {
      execute(fold.create());
      orderedPacked.send(batch, List.of());
      checked.requireWhatWasSent(FoldSql.TABLE, connection);
      keys = fold();
    }
    return merge(keys, () -> DenseKeys.of(batch, mapping), late);
  }

  /// @return how many keys there are
  private long fold() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeLargeUpdate(fold.intoStage());
    }
  }

  /// A run that repeats itself meets rows that are there, one that goes on meets new ones: what the
  /// last batch was like tells what the next one will be.
  private Counts merge(long keys, Supplier<Optional<DenseKeys>> range, Optional<LateRows> late)
      throws SQLException {
    long same = sql.maySwallow() ? countSame() : 0;
    Counts counts = merge(range, late);
    long written = counts.inserted() + counts.updated();
    mostAreThere = 2 * written < keys;
    return new Counts(
        keys,
        counts.inserted(),
        counts.updated(),
        sql.maySwallow() ? same : keys - written,
        counts.late());
  }

  private long countSame() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql.countSame())) {
      row.next();
      return row.getLong(1);
    }
  }

  private Counts merge(Supplier<Optional<DenseKeys>> range, Optional<LateRows> late)
      throws SQLException {
    Optional<LateSql> asked = LateSql.of(late, mapping);
    if (sql.tellsByRow()) {
      return mostAreThere
          ? mergeWhatDiffers(range.get(), asked)
          : counted("", sql.merge(), IS_NEW, asked);
    }
    // in two steps, since a partitioned table does not tell for each row which it was: first only
    // what is new, then what differs
    Counts inserted = counted("", sql.insertNew(), "true", asked);
    return inserted.plus(counted("", sql.merge(), "false", asked));
  }

  private Counts mergeWhatDiffers(Optional<DenseKeys> range, Optional<LateSql> late)
      throws SQLException {
    return counted(StagingTableSql.pinned(range), sql.mergeWhatDiffers(range), IS_NEW, late);
  }

  private Counts counted(String before, String merge, String isNew, Optional<LateSql> late)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(AsyncCommit.SQL + before + UpsertSql.counting(merge, isNew, late));
      while (statement.getUpdateCount() >= 0) {
        statement.getMoreResults();
      }
      ResultSet row = statement.getResultSet();
      row.next();
      Optional<Lateness> seen = late.isPresent() ? late.get().read(row, 3) : Optional.empty();
      return new Counts(0, row.getLong(1), row.getLong(2), 0, seen);
    }
  }

  /// Makes room for other rows in the same transaction.
  ///
  /// @param rows how many there are
  void empty(int rows) throws SQLException {
    execute("delete from " + TABLE);
    tidy(rows);
  }

  /// Rows that were deleted or rolled back are still walked over until the table is truncated; what
  /// is truncated leaves a file behind until the transaction ends.
  ///
  /// @param rows how many of them have been added
  void tidy(int rows) throws SQLException {
    dead += rows;
    if (dead > MOST_DEAD) {
      execute("truncate %s; drop table if exists %s".formatted(TABLE, FoldSql.TABLE));
      dead = 0;
    }
  }

  private void execute(String command) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(command);
    }
  }
}
