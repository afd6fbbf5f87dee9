package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.Identifier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;

/// What a mirror's load has seen at the source: the keys of all rows, in a temporary table beside
/// the target. Speaks inside the caller's transaction.
final class SeenKeys {

  private static final String TABLE = "pg_temp.qupersync_seen";

  private final Connection connection;
  private final RowCopy copy;
  private final String create;
  private final String remember;
  private final String count;
  private final String delete;
  private final SourceRows ours;

  /// The table is still to be [#create]d.
  SeenKeys(Connection connection, TableMapping mapping, TargetTable there) {
    this.connection = connection;
    this.copy = new RowCopy(connection, TABLE, keyColumns(mapping));
    this.ours = new SourceRows(mapping);
    String target = mapping.job().destination().table().quoted();
    String keys = keyNames(mapping);
    String same =
        mapping.job().destination().key().stream()
            .map(name ->
                "s.%1$s %2$s t.%1$s".formatted(Identifier.quoted(name), there.operator(name, "=")))
            .collect(Collectors.joining(" and "));
    this.create =
        "create temporary table qupersync_seen as select %s from %s with no data"
            .formatted(keys, target);
    this.remember =
        "insert into %1$s (%2$s) select %2$s from %3$s".formatted(TABLE, keys, StagingTable.TABLE);
    this.count = "select count(*) from %s as t where %s".formatted(target, ours.condition());
    this.delete =
        "delete from %s as t where %s and not exists (select from %s as s where %s)"
            .formatted(target, ours.condition(), TABLE, same);
  }

  /// Creates the temporary table, which lives as long as the session.
  void create() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(create);
    }
  }

  private static List<Column> keyColumns(TableMapping mapping) {
    return mapping.job().destination().key().stream()
        .flatMap(name -> mapping.targetColumns().stream().filter(c -> c.name().equals(name)))
        .toList();
  }

  private static String keyNames(TableMapping mapping) {
    return mapping.job().destination().key().stream()
        .map(Identifier::quoted)
        .collect(Collectors.joining(", "));
  }

  /// Remembers the rows that are staged.
  void rememberStaged() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(remember);
    }
  }

  /// @param keys key cells, in the order of the job's key
  void remember(List<Row> keys) throws SQLException {
    copy.send(keys);
  }

  /// How many rows of this source the target holds.
  long countTarget() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(count)) {
      ours.bind(statement, 1);
      ResultSet row = statement.executeQuery();
      row.next();
      return row.getLong(1);
    }
  }

  /// Deletes the target's rows of this source that were not seen.
  long deleteOthers() throws SQLException {
    try (Statement analyze = connection.createStatement();
        PreparedStatement statement = connection.prepareStatement(delete)) {
      // a temporary table has no statistics of its own accord, and the plan hangs on them
      analyze.execute("analyze " + TABLE);
      ours.bind(statement, 1);
      return statement.executeLargeUpdate();
    }
  }
}
