package io.qupersync.infrastructure.redshift;

import io.qupersync.application.port.SourceLookup;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.table.TableShape;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Finds single rows in Redshift, read as a run would read them.
public final class RedshiftLookup implements SourceLookup {

  private static final int MOST = 100;

  private final RedshiftConnections connections;

  public RedshiftLookup(RedshiftConnections connections) {
    this.connections = connections;
  }

  @Override
  public List<Row> find(SyncJob job, TableShape shape, Map<String, Object> cells) {
    var extraction =
        new ExtractionSql(connections.columns().known(job), shape, Window.everything());
    SqlText sql = extraction.having(cells, MOST);
    RowReader reader = RowReader.of(shape, extraction::returns);
    return connections.ask(
        "look a row of job '%s' up".formatted(job.id()),
        job,
        connection -> read(connection, sql, reader));
  }

  private static List<Row> read(Connection connection, SqlText sql, RowReader reader)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql.withPlaceholders())) {
      sql.bindTo(statement);
      try (ResultSet result = statement.executeQuery()) {
        var rows = new ArrayList<Row>();
        while (result.next()) {
          rows.add(reader.read(result));
        }
        return rows;
      }
    }
  }
}
