package io.qupersync.infrastructure.redshift;

import io.qupersync.application.port.PermanentFailure;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.ColumnType;
import io.qupersync.domain.table.TableShape;
import io.qupersync.infrastructure.jdbc.SqlFailures;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds out which columns a job's rows will have, by asking the server to describe the statement
/// without running it.
final class ShapeReader {

  private final SyncJob job;

  ShapeReader(SyncJob job) {
    this.job = job;
  }

  TableShape read(Connection connection) throws SQLException {
    List<String> probes = Probe.of(job);
    for (String probe : probes.subList(0, probes.size() - 1)) {
      try {
        return describe(connection, probe);
      } catch (SQLException refused) {
        if (!isAboutTypes(refused)) {
          throw refused;
        }
      }
    }
    return describe(connection, probes.getLast());
  }

  // 42P18, 42725, 42883, 42804: the type that stands in for a placeholder does not fit there
  private static boolean isAboutTypes(SQLException refused) {
    return refused.getSQLState() != null
        && List.of("42P18", "42725", "42883", "42804", "42846", "42P08")
            .contains(refused.getSQLState());
  }

  private TableShape describe(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      ResultSetMetaData columns = statement.getMetaData();
      if (columns == null) {
        throw definition("its query returns no rows; it must be a select");
      }
      var found = new ArrayList<Column>();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        String name = columns.getColumnLabel(i);
        // whether it may be NULL would cost a query per table, and the target decides on that
        found.add(new Column(name, typeOf(name, columns, i), true));
      }
      return new TableShape(found);
    } catch (IllegalArgumentException twice) {
      throw definition(String.valueOf(twice.getMessage()));
    }
  }

  private ColumnType typeOf(String name, ResultSetMetaData columns, int index) throws SQLException {
    Optional<ColumnType> type = known(columns, index);
    if (type.isPresent()) {
      return type.get();
    }
    if (job.columns().excluded().contains(name)) {
      return new ColumnType.Other("unknown");
    }
    throw definition(
        "column '%s' has a type that cannot be copied; exclude it, or cast it to varchar in a query"
            .formatted(name));
  }

  private static Optional<ColumnType> known(ResultSetMetaData columns, int index)
      throws SQLException {
    String name;
    try {
      name = columns.getColumnTypeName(index);
    } catch (SQLException failure) {
      // the driver does not look up what it does not know, it refuses
      if (SqlFailures.passes(failure)) {
        throw failure;
      }
      return Optional.empty();
    }
    return SourceTypes.of(name, columns.getPrecision(index), columns.getScale(index));
  }

  private PermanentFailure definition(String problem) {
    return new PermanentFailure(
        FailureKind.DEFINITION, "the source of job '%s': %s".formatted(job.id(), problem));
  }
}
