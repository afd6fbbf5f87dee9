package io.qupersync.infrastructure.redshift;

import io.qupersync.application.port.SourceCatalog;
import io.qupersync.domain.table.TableRef;
import io.qupersync.domain.table.TableShape;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Looks around in Redshift's catalogs.
public final class RedshiftCatalog implements SourceCatalog {

  private static final Pattern SYSTEM = Pattern.compile("pg_.*|information_schema");

  private static final List<String> TABLES =
      List.of(
          "select table_schema, table_name from svv_tables",
          "select table_schema, table_name from information_schema.tables");

  private static final String PRIMARY_KEY =
      """
      select a.attname, c.conkey, a.attnum
      from pg_constraint c
      join pg_class t on t.oid = c.conrelid
      join pg_namespace n on n.oid = t.relnamespace
      join pg_attribute a on a.attrelid = t.oid and a.attnum = any (c.conkey)
      where c.contype = 'p' and n.nspname = ? and t.relname = ?
      """;

  private static final String SORT_KEY =
      """
      select a.attname
      from pg_attribute a
      join pg_class t on t.oid = a.attrelid
      join pg_namespace n on n.oid = t.relnamespace
      where a.attsortkeyord <> 0 and a.attnum > 0 and n.nspname = ? and t.relname = ?
      order by abs(a.attsortkeyord)
      """;

  private final RedshiftConnections connections;

  public RedshiftCatalog(RedshiftConnections connections) {
    this.connections = connections;
  }

  @Override
  public List<TableRef> tables(String pattern) {
    Predicate<TableRef> wanted = matching(pattern);
    return connections.ask(
        "list tables",
        RedshiftConnections.SHORT,
        connection ->
            all(connection).stream()
                .filter(wanted)
                .distinct()
                .sorted(Comparator.comparing(TableRef::toString))
                .toList());
  }

  private static List<TableRef> all(Connection connection) throws SQLException {
    try {
      return tables(connection, TABLES.getFirst());
    } catch (SQLException refused) {
      ServerFacts.requireUnknown(refused);
      return tables(connection, TABLES.getLast());
    }
  }

  private static List<TableRef> tables(Connection connection, String sql) throws SQLException {
    var found = new ArrayList<TableRef>();
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        found.add(
            TableRef.of(rows.getString(1).stripTrailing(), rows.getString(2).stripTrailing()));
      }
    }
    return found;
  }

  /// System views only for who asks for them: by a schema, or by a name that is more than a star.
  private static Predicate<TableRef> matching(String pattern) {
    int dot = pattern.indexOf('.');
    Predicate<String> table = glob(pattern.substring(dot + 1));
    if (dot >= 0) {
      Predicate<String> schema = glob(pattern.substring(0, dot));
      return ref -> schema.test(ref.schema().value()) && table.test(ref.name().value());
    }
    boolean everything = pattern.replace("*", "").isEmpty();
    return ref ->
        table.test(ref.name().value())
            && !(everything && SYSTEM.matcher(ref.schema().value()).matches());
  }

  private static Predicate<String> glob(String text) {
    var regex = new StringBuilder();
    for (String part : text.toLowerCase(Locale.ROOT).split("\\*", -1)) {
      regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(part));
    }
    Pattern compiled = Pattern.compile(regex.toString(), Pattern.DOTALL);
    return name -> compiled.matcher(name.toLowerCase(Locale.ROOT)).matches();
  }

  @Override
  public TableDetail detail(TableRef table) {
    return connections.ask(
        "describe table %s".formatted(table),
        RedshiftConnections.SHORT,
        connection -> {
          TableShape shape = ShapeReader.of(table).read(connection);
          return new TableDetail(shape, primaryKey(connection, table), sortKey(connection, table));
        });
  }

  /// In the order of its declaration, not of the table.
  private static List<String> primaryKey(Connection connection, TableRef table)
      throws SQLException {
    record Part(int position, String name) {}
    var parts = new ArrayList<Part>();
    try (PreparedStatement statement = connection.prepareStatement(PRIMARY_KEY)) {
      bind(statement, table);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          // "{2,1}", however the driver quotes its numbers
          List<String> numbers = List.of(rows.getString(2).replaceAll("[^0-9,]", "").split(","));
          parts.add(new Part(numbers.indexOf(rows.getString(3)), rows.getString(1)));
        }
      }
    }
    return parts.stream().sorted(Comparator.comparingInt(Part::position)).map(Part::name).toList();
  }

  /// Nothing where the server is no Redshift and knows no sort keys.
  private static List<String> sortKey(Connection connection, TableRef table) throws SQLException {
    var columns = new ArrayList<String>();
    try (PreparedStatement statement = connection.prepareStatement(SORT_KEY)) {
      bind(statement, table);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          columns.add(rows.getString(1));
        }
      }
    } catch (SQLException refused) {
      ServerFacts.requireUnknown(refused);
    }
    return columns;
  }

  private static void bind(PreparedStatement statement, TableRef table) throws SQLException {
    statement.setString(1, table.schema().value());
    statement.setString(2, table.name().value());
  }
}
