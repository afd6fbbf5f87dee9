package io.qupersync.infrastructure.redshift;

import io.qupersync.domain.job.Flavor;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;

/// What only the server knows: its time, and what kind of server it is. To be asked in autocommit.
final class ServerFacts {

  /// The first that the server knows. `sysdate` counts microseconds and `getdate()` whole seconds;
  /// the last is for what is not quite Redshift.
  private static final List<String> CLOCKS = List.of("sysdate", "getdate()", "clock_timestamp()");

  private ServerFacts() {}

  /// @param connection in a session whose time zone is UTC
  static Instant now(Connection connection) throws SQLException {
    for (String clock : CLOCKS.subList(0, CLOCKS.size() - 1)) {
      try {
        return read(connection, clock);
      } catch (SQLException refused) {
        requireUnknown(refused);
      }
    }
    return read(connection, CLOCKS.getLast());
  }

  private static Instant read(Connection connection, String clock) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery("select %s::timestamp".formatted(clock))) {
      if (!answer.next()) {
        throw new SQLException("the clock says nothing", "08006");
      }
      return answer.getObject(1, LocalDateTime.class).toInstant(ZoneOffset.UTC);
    }
  }

  /// A provisioned cluster has slices to show; Serverless lacks the view, or it is empty.
  static Flavor flavor(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery("select 1 from stv_slices limit 1")) {
      return answer.next() ? Flavor.PROVISIONED : Flavor.SERVERLESS;
    } catch (SQLException refused) {
      requireUnknown(refused);
      return Flavor.SERVERLESS;
    }
  }

  /// Lets pass that the server knows no such view, column or function, and throws everything else.
  static void requireUnknown(SQLException refused) throws SQLException {
    if (!isUnknown(refused)) {
      throw refused;
    }
  }

  // class 42: no such thing, or not for this user; 0A000: not on this server
  private static boolean isUnknown(SQLException refused) {
    String state = refused.getSQLState();
    return state != null && (state.startsWith("42") || state.equals("0A000"));
  }
}
