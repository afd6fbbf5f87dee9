package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.job.SyncMode;
import io.qupersync.domain.mapping.CellOrigin;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.row.PassThroughBatch;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.table.CellText;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.ColumnType.Plain;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The short way into a target that was empty when the load began: COPY without a stage, half the
/// work for the server. Nothing hangs on the table staying empty: its unique index refuses a key
/// that comes twice, whoever wrote it, and from then on all rows go by the stage.
final class DirectCopy {

  private static final String KEY_IS_THERE = "23505";

  /// Of COPY into what has row-level security, or is no plain table.
  private static final String NOT_SUPPORTED = "0A000";

  /// Somebody else writes to the table, and goes on.
  private static final String LOCKED = "55P03";

  /// Whoever may insert, but neither update nor delete, may not lock either.
  private static final String DENIED = "42501";

  private final Connection connection;
  private final String lock;
  private final Optional<Column> stamp;
  private final List<String> constants;
  private final PackedCopy packed;
  private final RowCopy shaped;
  private boolean open;

  DirectCopy(Connection connection, TableMapping mapping, TargetTable there) {
    this.connection = connection;
    this.stamp = stamp(mapping, there);
    String table = mapping.job().destination().table().quoted();
    // long enough for a vacuum to be called off, which PostgreSQL does after a second
    this.lock =
        """
        %s
        set local lock_timeout = '3s';
        lock table %s in share row exclusive mode;
        set local lock_timeout to default
        """
            .formatted(AsyncCommit.SQL, table);
    List<Column> columns = there.typed(mapping);
    var more = new ArrayList<Column>();
    var cells = new ArrayList<String>();
    for (int index = 0; index < columns.size(); index++) {
      if (mapping.columns().get(index).origin() instanceof CellOrigin.Constant(Object cell)) {
        more.add(columns.get(index));
        cells.add(CellText.of(cell));
      }
    }
    this.constants = List.copyOf(cells);
    stamp.ifPresent(more::add);
    this.packed = new PackedCopy(connection, table, columns, more);
    this.shaped = new RowCopy(connection, table, mapping.targetColumns(), stamp);
    // a mirror learns from the stage which keys it has seen; only the stage can check
    this.open =
        there.isEmpty()
            && mapping.job().mode() != SyncMode.MIRROR
            && CheckedColumns.of(mapping, there).isEmpty();
  }

  private static Optional<Column> stamp(TableMapping mapping, TargetTable there) {
    return mapping
        .job()
        .destination()
        .stamps()
        .time()
        .map(name ->
            there
                .column(name)
                .map(TargetColumn::column)
                .orElse(new Column(name, Plain.TIMESTAMPTZ, false)));
  }

  boolean isOpen() {
    return open;
  }

  /// @return how many rows were inserted: all of them
  long write(PassThroughBatch batch) throws SQLException {
    keepOthersOut();
    return packed.send(batch, Stream.concat(constants.stream(), now().stream()).toList());
  }

  /// @return how many rows were inserted: all of them
  long write(List<Row> rows) throws SQLException {
    keepOthersOut();
    return shaped.send(rows, now());
  }

  /// Rows go in as they come, in no order of keys: beside another who writes the same keys in
  /// another order, both would wait for each other. Readers are not kept out.
  private void keepOthersOut() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(lock);
    }
  }

  /// The time of this transaction, as the column has it.
  private Optional<String> now() throws SQLException {
    if (stamp.isEmpty()) {
      return Optional.empty();
    }
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select cast(now() as %s)::text".formatted(stamp.get().type().sql()))) {
      row.next();
      return Optional.of(row.getString(1));
    }
  }

  /// Takes note of a refusal.
  ///
  /// @return whether it may be tried another way
  boolean refused(SQLException refusal) {
    String state = String.valueOf(refusal.getSQLState());
    boolean impossible = Set.of(NOT_SUPPORTED, LOCKED, DENIED).contains(state);
    open &= !impossible && !KEY_IS_THERE.equals(state);
    return impossible || DataRefusal.mayBe(refusal);
  }
}
