package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.mapping.CellOrigin;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.table.CellText;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.ColumnType;
import io.qupersync.domain.table.ColumnType.Plain;
import io.qupersync.domain.table.Identifier;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.postgresql.PGConnection;

/// The columns of a target whose types read texts by rules that only PostgreSQL knows: it may
/// round, cut, leave out or compute (`now`). Each is staged twice, as its type and as the text that
/// was sent. What comes back of the first must be the second, or the row is refused.
///
/// Only a stage can tell, so a table with such columns is written by way of it alone.
final class CheckedColumns {

  /// @param place among the target's columns
  /// @param column with the type that the target has
  /// @param constant what every row has there, if they all have the same
  private record Checked(int place, Column column, Optional<String> constant) {

    String name() {
      return Identifier.quoted(column.name());
    }

    /// Holds the text that was sent.
    Column copy() {
      return new Column("qupersync sent " + place, Plain.TEXT, true);
    }

    /// In SQL, of a staged row. By the type's output function, which a cast to text may differ
    /// from: that of `inet` adds a mask.
    String isBent() {
      String sent = Identifier.quoted(copy().name());
      return "(s.%1$s is not null and format('%%s', s.%2$s) collate \"C\" is distinct from s.%1$s)"
          .formatted(sent, name());
    }
  }

  private final List<Checked> columns;

  private CheckedColumns(List<Checked> columns) {
    this.columns = List.copyOf(columns);
  }

  static CheckedColumns of(TableMapping mapping, TargetTable there) {
    List<Column> typed = there.typed(mapping);
    var columns = new ArrayList<Checked>();
    for (int place = 0; place < typed.size(); place++) {
      Column column = typed.get(place);
      if (column.type() instanceof ColumnType.Other || mapping.columns().get(place).isChecked()) {
        columns.add(
            new Checked(
                place,
                column,
                mapping.columns().get(place).origin() instanceof CellOrigin.Constant(Object cell)
                    ? Optional.of(CellText.of(cell))
                    : Optional.empty()));
      }
    }
    return new CheckedColumns(columns);
  }

  boolean isEmpty() {
    return columns.isEmpty();
  }

  /// The columns that hold what was sent.
  List<Column> copies() {
    return columns.stream().map(Checked::copy).toList();
  }

  /// Where in a row of the target each of them finds its cell.
  IntStream places() {
    return columns.stream().mapToInt(Checked::place);
  }

  /// Adds the copies to a stage that has been made.
  void addTo(String stage, Connection connection) throws SQLException {
    if (columns.isEmpty()) {
      return;
    }
    var quoting = connection.unwrap(PGConnection.class);
    var added = new ArrayList<String>();
    for (Checked column : columns) {
      String name = Identifier.quoted(column.copy().name());
      added.add(
          column.constant().isPresent()
              ? "add column %s text default '%s'"
                  .formatted(name, quoting.escapeLiteral(column.constant().get()))
              : "add column %s text".formatted(name));
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("alter table %s %s".formatted(stage, String.join(", ", added)));
    }
  }

  /// @throws AlteredValue when a staged value is not the one that was sent
  void requireWhatWasSent(String stage, Connection connection) throws SQLException {
    if (columns.isEmpty()) {
      return;
    }
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(firstBent(stage))) {
      if (row.next()) {
        throw new AlteredValue(columns.get(row.getInt(1)).column(), row.getInt(2));
      }
    }
  }

  /// Which column of the first such row, and how many rows are before it: they lie in the order in
  /// which they came.
  private String firstBent(String stage) {
    String column =
        IntStream.range(0, columns.size())
            .mapToObj(index -> "when %s then %d".formatted(columns.get(index).isBent(), index))
            .collect(Collectors.joining(" ", "case ", " end"));
    String any = columns.stream().map(Checked::isBent).collect(Collectors.joining(" or "));
    return """
    select b.bent, (select count(*) from %1$s as e where e.ctid < b.ctid)
    from (select s.ctid, %2$s as bent from %1$s as s where %3$s order by s.ctid limit 1) as b
    """
        .formatted(stage, column, any);
  }
}
