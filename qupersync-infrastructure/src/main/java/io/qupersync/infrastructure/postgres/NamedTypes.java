package io.qupersync.infrastructure.postgres;

import io.qupersync.application.port.PermanentFailure;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.ColumnType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The types that a job names for columns which are still to be made, and that only the target can
/// know: enums, those of extensions.
final class NamedTypes {

  /// Types that a job names without a schema are looked up where the role would, after PostgreSQL's
  /// own. For one transaction, in which nothing is compared or computed.
  static final String NAMES_OF_THE_ROLE =
      """
      select set_config('search_path', concat_ws(', ', 'pg_catalog', nullif(reset_val, '')), true)
      from pg_settings where name = 'search_path'
      """;

  private static final String IS_THERE = "select pg_catalog.to_regtype(?) is not null";

  private NamedTypes() {}

  /// Asks nothing where the job names no such type.
  ///
  /// @param there the table as it is; empty when it is missing
  /// @throws PermanentFailure that names all types which are not there
  static void require(Connection connection, TableMapping mapping, Optional<TargetTable> there)
      throws SQLException {
    Map<String, String> wanted = wanted(mapping, there);
    if (wanted.isEmpty()) {
      return;
    }
    List<String> missing = missing(connection, wanted);
    if (!missing.isEmpty()) {
      throw new PermanentFailure(
          FailureKind.DEFINITION,
          "target %s: %s; check the name, or create the type (an extension's: create extension …)"
              .formatted(mapping.job().destination().table(), String.join("; ", missing)));
    }
  }

  /// By column.
  private static Map<String, String> wanted(TableMapping mapping, Optional<TargetTable> there) {
    var wanted = new LinkedHashMap<String, String>();
    for (Column column : mapping.targetColumns()) {
      boolean isThere = there.flatMap(table -> table.column(column.name())).isPresent();
      if (!isThere && column.type() instanceof ColumnType.Other(String sql)) {
        wanted.put(column.name(), sql);
      }
    }
    return wanted;
  }

  private static List<String> missing(Connection connection, Map<String, String> wanted)
      throws SQLException {
    boolean was = connection.getAutoCommit();
    connection.setAutoCommit(false);
    try (PreparedStatement role = connection.prepareStatement(NAMES_OF_THE_ROLE);
        PreparedStatement look = connection.prepareStatement(IS_THERE)) {
      role.execute();
      var missing = new ArrayList<String>();
      for (Map.Entry<String, String> column : wanted.entrySet()) {
        look.setString(1, column.getValue());
        try (ResultSet row = look.executeQuery()) {
          row.next();
          if (!row.getBoolean(1)) {
            missing.add(
                "column '%s': there is no type '%s'".formatted(column.getKey(), column.getValue()));
          }
        }
      }
      return missing;
    } finally {
      connection.rollback();
      connection.setAutoCommit(was);
    }
  }
}
