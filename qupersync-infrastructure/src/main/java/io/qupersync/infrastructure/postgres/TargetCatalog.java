package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.ColumnType;
import io.qupersync.domain.table.TableRef;
import io.qupersync.infrastructure.postgres.TargetColumn.Collation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads what the target's catalog says of a table.
final class TargetCatalog {

  private static final String TABLE =
      """
      select c.oid, c.relkind from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = ? and c.relname = ? and c.relkind in ('r', 'p', 'v', 'm', 'f')
      """;

  // a domain is followed down to the type beneath it
  private static final String COLUMNS =
      """
      with recursive unfolded as (
        select attnum, atttypid as type, atttypmod as size from pg_attribute
        where attrelid = ? and attnum > 0 and not attisdropped
        union all
        select u.attnum, t.typbasetype, case when t.typtypmod >= 0 then t.typtypmod else u.size end
        from unfolded u join pg_type t on t.oid = u.type where t.typtype = 'd')
      select a.attname, format_type(u.type, u.size) as type, a.attnotnull,
        a.atthasdef or a.attidentity <> '' as fills_itself,
        coalesce(not k.collisdeterministic, false) as lenient
      from unfolded u
      join pg_type t on t.oid = u.type and t.typtype <> 'd'
      join pg_attribute a on a.attrelid = ? and a.attnum = u.attnum
      left join pg_collation k on k.oid = a.attcollation
      order by a.attnum
      """;

  private static final String UNIQUE_KEYS =
      """
      select array_agg(a.attname::text order by k.place) from pg_index i
      cross join unnest(i.indkey::int2[]) with ordinality as k (attnum, place)
      join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
      where i.indrelid = ? and i.indisunique and i.indisvalid and i.indimmediate
        and i.indpred is null and i.indexprs is null and k.place <= i.indnkeyatts
      group by i.indexrelid order by i.indexrelid
      """;

  private static final String SCHEMA = "select 1 from pg_namespace where nspname = ?";

  private final Connection connection;

  TargetCatalog(Connection connection) {
    this.connection = connection;
  }

  boolean hasSchema(String name) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SCHEMA)) {
      statement.setString(1, name);
      return statement.executeQuery().next();
    }
  }

  Optional<TargetTable> find(TableRef table) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TABLE)) {
      statement.setString(1, table.schema().value());
      statement.setString(2, table.name().value());
      ResultSet row = statement.executeQuery();
      if (!row.next()) {
        return Optional.empty();
      }
      long oid = row.getLong(1);
      return Optional.of(
          new TargetTable(table, kind(row.getString(2)), columns(oid), uniqueKeys(oid)));
    }
  }

  private static TargetTable.Kind kind(String relkind) {
    return switch (relkind) {
      case "r" -> TargetTable.Kind.ORDINARY;
      case "p" -> TargetTable.Kind.PARTITIONED;
      default -> TargetTable.Kind.OTHER;
    };
  }

  private List<TargetColumn> columns(long oid) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
      statement.setLong(1, oid);
      statement.setLong(2, oid);
      ResultSet row = statement.executeQuery();
      var columns = new ArrayList<TargetColumn>();
      while (row.next()) {
        var column =
            new Column(
                row.getString("attname"),
                type(row.getString("type")),
                !row.getBoolean("attnotnull"));
        columns.add(
            new TargetColumn(
                column,
                row.getBoolean("fills_itself"),
                row.getBoolean("lenient") ? Collation.LENIENT : Collation.EXACT));
      }
      return columns;
    }
  }

  /// A type that is not ours keeps the very name the catalog gives it, quotes and capitals too.
  private static ColumnType type(String formatted) {
    try {
      ColumnType type = ColumnType.parse(formatted);
      return type instanceof ColumnType.Other ? new ColumnType.Other(formatted) : type;
    } catch (IllegalArgumentException strange) {
      return new ColumnType.Other(formatted);
    }
  }

  private List<List<String>> uniqueKeys(long oid) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(UNIQUE_KEYS)) {
      statement.setLong(1, oid);
      ResultSet row = statement.executeQuery();
      var keys = new ArrayList<List<String>>();
      while (row.next()) {
        keys.add(List.of((String[]) row.getArray(1).getArray()));
      }
      return keys;
    }
  }
}
