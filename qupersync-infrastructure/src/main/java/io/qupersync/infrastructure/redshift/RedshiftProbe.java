package io.qupersync.infrastructure.redshift;

import io.qupersync.application.port.DatabaseProbe;
import io.qupersync.infrastructure.jdbc.TlsMode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Asks Redshift who it is, and whom it takes us for.
public final class RedshiftProbe implements DatabaseProbe {

  private static final Pattern VERSION = Pattern.compile("Redshift [0-9.]+");

  private final RedshiftConnections connections;

  public RedshiftProbe(RedshiftConnections connections) {
    this.connections = connections;
  }

  @Override
  public Probed probe() {
    return connections.ask("ask for the version", RedshiftConnections.SHORT, this::ask);
  }

  private Probed ask(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery("select version(), current_user")) {
      if (!answer.next()) {
        throw new SQLException("the server does not say who it is", "08006");
      }
      // unless switched off, the driver does not connect without
      boolean encrypted = connections.settings().encryption().mode() != TlsMode.DISABLE;
      return new Probed(shortened(answer.getString(1)), answer.getString(2), encrypted);
    }
  }

  /// `PostgreSQL 8.0.2 on i686-pc-linux-gnu, ..., Redshift 1.0.77467` is what it says.
  private static String shortened(String version) {
    Matcher found = VERSION.matcher(version);
    return found.find() ? found.group() : version;
  }
}
