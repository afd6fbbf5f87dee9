package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.Identifier;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Takes rows to the target by way of a temporary table with the target's own column types, and
/// from there to where they differ from what is there. Speaks inside the caller's transaction.
final class Stage {

  static final String TABLE = "pg_temp.qupersync_stage";

  /// How many rows were inserted and updated.
  record Counts(long inserted, long updated) {
    static final Counts NONE = new Counts(0, 0);

    Counts plus(Counts more) {
      return new Counts(inserted + more.inserted, updated + more.updated);
    }
  }

  private final Connection connection;
  private final RowCopy copy;
  private final String merge;
  private final Optional<String> insertNew;

  private Stage(Connection connection, RowCopy copy, String merge, Optional<String> insertNew) {
    this.connection = connection;
    this.copy = copy;
    this.merge = merge;
    this.insertNew = insertNew;
  }

  /// Creates the temporary table, which lives as long as the session.
  static Stage create(Connection connection, TableMapping mapping, Optional<TargetTable> there)
      throws SQLException {
    List<Column> columns = mapping.targetColumns();
    String names =
        columns.stream()
            .map(column -> Identifier.quoted(column.name()))
            .collect(Collectors.joining(", "));
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "create temporary table qupersync_stage on commit delete rows as select %s from %s with no data"
              .formatted(names, mapping.job().destination().table().quoted()));
    }
    var copy = new RowCopy(connection, TABLE, columns);
    var upsert = new UpsertSql(mapping, there);
    String merge = upsert.merge(TABLE);
    boolean tellsByRow =
        there.map(TargetTable::kind).equals(Optional.of(TargetTable.Kind.ORDINARY));
    return tellsByRow
        ? new Stage(connection, copy, UpsertSql.counting(merge), Optional.empty())
        : new Stage(connection, copy, merge, Optional.of(upsert.insertNew(TABLE)));
  }

  Counts write(List<Row> rows) throws SQLException {
    copy.send(rows);
    try (Statement statement = connection.createStatement()) {
      return insertNew.isPresent()
          ? countedByTag(statement, insertNew.get())
          : countedByRow(statement);
    }
  }

  private Counts countedByRow(Statement statement) throws SQLException {
    ResultSet row = statement.executeQuery(merge);
    row.next();
    return new Counts(row.getLong(1), row.getLong(2));
  }

  /// In two steps, since a partitioned table does not tell for each row which it was: first only
  /// what is new, then what differs.
  private Counts countedByTag(Statement statement, String insertNew) throws SQLException {
    long inserted = statement.executeLargeUpdate(insertNew);
    return new Counts(inserted, statement.executeLargeUpdate(merge));
  }

  /// Makes room for other rows in the same transaction.
  void empty() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("truncate " + TABLE);
    }
  }
}
