package io.qupersync.sandbox.bench;

import io.qupersync.sandbox.server.EmbeddedServer;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/// A PostgreSQL, and how to get in.
///
/// @param ssl as libpq and the driver name it
record Endpoint(String host, int port, String database, String user, String password, String ssl) {

  static Endpoint of(EmbeddedServer server) {
    return new Endpoint(
        server.host(),
        server.port(),
        server.database(),
        server.user(),
        server.password(),
        "disable");
  }

  Connection connect() throws SQLException {
    var source = new PGSimpleDataSource();
    source.setServerNames(new String[] {host});
    source.setPortNumbers(new int[] {port});
    source.setDatabaseName(database);
    source.setSslMode(ssl);
    return source.getConnection(user, password);
  }

  /// Without the password.
  @Override
  public String toString() {
    return "%s:%d/%s".formatted(host, port, database);
  }
}
