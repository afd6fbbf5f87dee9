package io.qupersync.infrastructure.redshift;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/// Reads through a portal of the server, which hands out so many rows at a time.
final class PortalCursor implements ResultCursor {

  private final ResultSet result;

  private PortalCursor(ResultSet result) {
    this.result = result;
  }

  /// Sends the statement and waits for its first rows.
  static PortalCursor open(Connection connection, SqlText sql, int rows) throws SQLException {
    // executed once only: from the second time on, the driver would ask for other formats
    PreparedStatement statement = connection.prepareStatement(sql.withPlaceholders());
    statement.setFetchSize(rows);
    sql.bindTo(statement);
    return new PortalCursor(statement.executeQuery());
  }

  @Override
  public boolean next() throws SQLException {
    return result.next();
  }

  @Override
  public ResultSet row() {
    return result;
  }

  @Override
  public void hold(int rows) throws SQLException {
    result.setFetchSize(rows);
  }
}
