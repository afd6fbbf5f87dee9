package io.qupersync.sandbox.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A table of the target, and the statements with which others than QuperSync fill it.
record TableSql(String table, List<Column> columns) {

  TableSql {
    columns = List.copyOf(columns);
  }

  /// @param name as SQL wants it
  record Column(String name, String type, boolean isKey) {}

  /// @param key its key columns
  static TableSql of(Connection target, String table, List<String> key) throws SQLException {
    var columns = new ArrayList<Column>();
    try (PreparedStatement statement =
        target.prepareStatement(
            """
            select attname, quote_ident(attname), format_type(atttypid, atttypmod) from pg_attribute
            where attrelid = ?::regclass and attnum > 0 and not attisdropped order by attnum
            """)) {
      statement.setString(1, table);
      ResultSet rows = statement.executeQuery();
      while (rows.next()) {
        boolean isKey = key.contains(rows.getString(1));
        columns.add(new Column(rows.getString(2), rows.getString(3), isKey));
      }
    }
    return new TableSql(table, columns);
  }

  /// Where rows lie before they are merged, in a table that costs no write-ahead log.
  String stage() {
    return table + "_stage";
  }

  /// As a script does it: what is new comes in, what is there is set.
  ///
  /// @param rows a table or another thing to select from
  String upsertFrom(String rows) {
    String set =
        columns.stream()
            .filter(column -> !column.isKey())
            .map(column -> "%s = excluded.%1$s".formatted(column.name()))
            .collect(Collectors.joining(", "));
    return "insert into %s select * from %s on conflict (%s) do update set %s"
        .formatted(table, rows, key(), set);
  }

  /// What is there stays as it is.
  String insertNewFrom(String rows) {
    return "insert into %s select * from %s on conflict (%s) do nothing"
        .formatted(table, rows, key());
  }

  String deleteWhatIsNotStaged() {
    String same =
        columns.stream()
            .filter(Column::isKey)
            .map(column -> "s.%s = t.%1$s".formatted(column.name()))
            .collect(Collectors.joining(" and "));
    return "delete from %s as t where not exists (select from %s as s where %s)"
        .formatted(table, stage(), same);
  }

  private String key() {
    return columns.stream()
        .filter(Column::isKey)
        .map(Column::name)
        .collect(Collectors.joining(", "));
  }

  /// The columns as dblink wants to be told them.
  String typed() {
    return columns.stream()
        .map(column -> column.name() + " " + column.type())
        .collect(Collectors.joining(", "));
  }
}
