package io.qupersync.infrastructure.postgres;

import io.qupersync.application.port.Rows;
import io.qupersync.application.port.TargetReader;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.row.RowBatch;
import io.qupersync.domain.table.CellText;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.Identifier;
import io.qupersync.infrastructure.jdbc.BorrowedConnection;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/// Reads target tables back.
public final class PostgresTargetReader implements TargetReader {

  private static final Rows NONE =
      new Rows() {
        @Override
        public Optional<RowBatch> next() {
          return Optional.empty();
        }

        @Override
        public void close() {}
      };

  private final PostgresDatabase database;

  public PostgresTargetReader(PostgresDatabase database) {
    this.database = database;
  }

  @Override
  public Rows read(TableMapping mapping) {
    String step = "read target " + mapping.job().destination().table();
    BorrowedConnection borrowedConnection = database.loads().borrow(step);
    try {
      return rows(borrowedConnection, step, mapping);
    } catch (SQLException failure) {
      borrowedConnection.taint();
      borrowedConnection.close();
      throw database.loads().failures().of(step, failure);
    } catch (RuntimeException failure) {
      borrowedConnection.taint();
      borrowedConnection.close();
      throw failure;
    }
  }

  private Rows rows(BorrowedConnection borrowedConnection, String step, TableMapping mapping)
      throws SQLException {
    Connection connection = borrowedConnection.connection();
    Optional<TargetTable> table = find(connection, mapping);
    if (table.isEmpty()) {
      borrowedConnection.close();
      return NONE;
    }
    // only within a transaction does the driver fetch piece by piece
    connection.setAutoCommit(false);
    var ours = new SourceRows(mapping);
    PreparedStatement statement =
        connection.prepareStatement(select(mapping, table.get()) + " where " + ours.condition());
    ours.bind(statement, 1);
    return new TargetRows(
        borrowedConnection, database.loads().failures(), step, cells(mapping), statement);
  }

  @Override
  public Optional<Row> find(TableMapping mapping, Row key) {
    return database
        .state()
        .with(
            "read target " + mapping.job().destination().table(),
            connection -> {
              Optional<TargetTable> table = find(connection, mapping);
              return table.isPresent()
                  ? find(connection, mapping, table.get(), key)
                  : Optional.empty();
            });
  }

  private static Optional<Row> find(
      Connection connection, TableMapping mapping, TargetTable table, Row key) throws SQLException {
    List<Column> columns = keyColumns(mapping);
    String same =
        columns.stream()
            .map(column ->
                "t.%s %s cast(? as %s)"
                    .formatted(
                        Identifier.quoted(column.name()),
                        table.operator(column.name(), "="),
                        table
                            .column(column.name())
                            .map(TargetColumn::type)
                            .orElse(column.type())
                            .sql()))
            .collect(Collectors.joining(" and "));
    try (PreparedStatement statement =
        connection.prepareStatement(select(mapping, table) + " where " + same)) {
      for (int i = 0; i < columns.size(); i++) {
        statement.setString(i + 1, CellText.of(Objects.requireNonNull(key.cell(i))));
      }
      ResultSet row = statement.executeQuery();
      return row.next()
          ? Optional.of(TargetRows.row(row, cells(mapping).toArray(TargetCell[]::new)))
          : Optional.empty();
    }
  }

  private static List<Column> keyColumns(TableMapping mapping) {
    return mapping.job().destination().key().stream()
        .flatMap(name -> mapping.targetColumns().stream().filter(c -> c.name().equals(name)))
        .toList();
  }

  private static Optional<TargetTable> find(Connection connection, TableMapping mapping)
      throws SQLException {
    return new TargetCatalog(connection).find(mapping.job().destination().table());
  }

  /// A column that the next run would add has no value yet.
  private static String select(TableMapping mapping, TargetTable table) {
    return mapping.targetColumns().stream()
        .map(column ->
            table.column(column.name()).isPresent()
                ? TargetCell.of(column.type()).selected("t." + Identifier.quoted(column.name()))
                : "null::" + column.type().sql())
        .collect(Collectors.joining(", ", "select ", " from " + table.table().quoted() + " as t"));
  }

  private static List<TargetCell> cells(TableMapping mapping) {
    return mapping.targetColumns().stream().map(column -> TargetCell.of(column.type())).toList();
  }
}
