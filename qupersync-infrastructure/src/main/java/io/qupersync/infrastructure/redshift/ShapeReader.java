package io.qupersync.infrastructure.redshift;

import io.qupersync.application.port.PermanentFailure;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.ColumnType;
import io.qupersync.domain.table.TableRef;
import io.qupersync.domain.table.TableShape;
import io.qupersync.infrastructure.jdbc.SqlFailures;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Finds out which columns a statement returns, by asking the server to describe it without running
/// it.
final class ShapeReader {

  private static final Set<String> ABOUT_TYPES =
      Set.of("42P18", "42P08", "42725", "42804", "42846", "42883");

  private final String subject;
  private final List<String> probes;
  private final Predicate<String> tolerated;

  /// @param subject what is read, for messages
  /// @param probes statements with the same columns, the most likely to be understood first
  /// @param tolerated columns whose type may be one that cannot be read
  private ShapeReader(String subject, List<String> probes, Predicate<String> tolerated) {
    this.subject = subject;
    this.probes = probes;
    this.tolerated = tolerated;
  }

  static ShapeReader of(SyncJob job) {
    return new ShapeReader(
        "the source of job '%s'".formatted(job.id()),
        DescribeStatements.of(job),
        job.columns().excluded()::contains);
  }

  static ShapeReader of(TableRef table) {
    return new ShapeReader("table %s".formatted(table), DescribeStatements.of(table), _ -> true);
  }

  TableShape read(Connection connection) throws SQLException {
    var refusals = new ArrayList<SQLException>();
    for (String probe : probes) {
      try {
        return describe(connection, probe);
      } catch (SQLException refused) {
        if (!isAboutTypes(refused)) {
          throw refused;
        }
        refusals.add(refused);
      }
    }
    throw refusals.getFirst();
  }

  /// The value that stands in for a placeholder does not fit there: of no certain type, ambiguous,
  /// no such function or operator, no such cast.
  private static boolean isAboutTypes(SQLException refused) {
    return refused.getSQLState() != null && ABOUT_TYPES.contains(refused.getSQLState());
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
    if (tolerated.test(name)) {
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
    return new PermanentFailure(FailureKind.DEFINITION, "%s: %s".formatted(subject, problem));
  }
}
