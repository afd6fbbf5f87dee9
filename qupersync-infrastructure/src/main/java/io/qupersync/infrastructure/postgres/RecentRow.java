package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.progress.Witness;
import io.qupersync.infrastructure.store.WitnessSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Finds out whether a target is as recent as it was: by the key of the row that was the newest, or
/// when that is gone, by any that is as new, which may take a look at every row.
final class RecentRow {

  private final Connection connection;
  private final SourceRows ours;
  private final WitnessSql sql;

  RecentRow(Connection connection, TableMapping mapping) {
    this.connection = connection;
    this.ours = new SourceRows(mapping);
    this.sql = new WitnessSql(mapping);
  }

  Optional<Witness> find(Witness witness) throws SQLException {
    if (!witness.key().keySet().containsAll(sql.key())) {
      return Optional.empty();
    }
    Optional<Witness.Column> mark = sql.markOf(witness);
    if (isThere(witness, mark)) {
      return Optional.of(witness);
    }
    return mark.isPresent() ? asRecent(mark.get()) : Optional.empty();
  }

  private boolean isThere(Witness witness, Optional<Witness.Column> mark) throws SQLException {
    String recent = mark.map(column -> " and " + sql.isAsRecent(column.name())).orElse("");
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select 1 from %s where %s%s".formatted(sql.table(), sql.hasKey(), recent))) {
      int next = 1;
      for (String value : sql.parameters(witness.key())) {
        statement.setString(next++, value);
      }
      if (mark.isPresent()) {
        statement.setString(next, mark.get().value());
      }
      return statement.executeQuery().next();
    }
  }

  private Optional<Witness> asRecent(Witness.Column mark) throws SQLException {
    List<String> key = sql.key();
    String selected =
        key.stream().map(name -> sql.column(name) + "::text, ").collect(Collectors.joining());
    String column = sql.column(mark.name());
    String query =
        "select %s%s::text from %s where %s and %s order by %s desc limit 1"
            .formatted(
                selected,
                column,
                sql.table(),
                sql.isAsRecent(mark.name()),
                ours.condition(),
                column);
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, mark.value());
      ours.bind(statement, 2);
      ResultSet row = statement.executeQuery();
      if (!row.next()) {
        return Optional.empty();
      }
      var texts = new LinkedHashMap<String, String>();
      for (int i = 0; i < key.size(); i++) {
        texts.put(key.get(i), row.getString(i + 1));
      }
      String value = row.getString(key.size() + 1);
      return Optional.of(new Witness(texts, Optional.of(new Witness.Column(mark.name(), value))));
    }
  }

  boolean holdsAny(String table) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select exists (select from %s as t where %s)".formatted(table, ours.condition()))) {
      ours.bind(statement, 1);
      ResultSet row = statement.executeQuery();
      row.next();
      return row.getBoolean(1);
    }
  }
}
