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
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What only the server knows: its time, and what kind of server it is. To be asked in autocommit.
final class ServerFacts {

  /// The first that the server knows. `sysdate` counts microseconds and `getdate()` whole seconds;
  /// the last is for what is not quite Redshift.
  private static final List<String> CLOCKS = List.of("sysdate", "getdate()", "clock_timestamp()");

  private static final Pattern SERVERLESS_HOST =
      Pattern.compile("\\.redshift-serverless\\.amazonaws\\.com(\\.cn)?\\.?$");

  private static final Pattern PROVISIONED_HOST =
      Pattern.compile("\\.redshift\\.amazonaws\\.com(\\.cn)?\\.?$");

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

  /// What the name of an endpoint of AWS tells; a name of one's own, or an address, tells nothing.
  static Optional<Flavor> flavorOf(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    if (SERVERLESS_HOST.matcher(name).find()) {
      return Optional.of(Flavor.SERVERLESS);
    }
    return PROVISIONED_HOST.matcher(name).find()
        ? Optional.of(Flavor.PROVISIONED)
        : Optional.empty();
  }

  /// Asks for the view that only Serverless has. A missing privilege says nothing of what there is:
  /// where the answer is a refusal, the slices tell, which only a cluster has.
  ///
  /// @return empty when the user may see neither
  static Optional<Flavor> flavor(Connection connection) throws SQLException {
    return switch (look(connection, "select 1 from sys_serverless_usage limit 1")) {
      case ROWS, EMPTY -> Optional.of(Flavor.SERVERLESS);
      case UNKNOWN -> Optional.of(Flavor.PROVISIONED);
      case DENIED ->
          switch (look(connection, "select 1 from stv_slices limit 1")) {
            case ROWS -> Optional.of(Flavor.PROVISIONED);
            case EMPTY, UNKNOWN -> Optional.of(Flavor.SERVERLESS);
            case DENIED -> Optional.empty();
          };
    };
  }

  private enum Seen {
    ROWS,
    EMPTY,
    /// The server knows no such view.
    UNKNOWN,
    /// It does not say whether it does.
    DENIED
  }

  private static Seen look(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(sql)) {
      return answer.next() ? Seen.ROWS : Seen.EMPTY;
    } catch (SQLException refused) {
      requireUnknown(refused);
      return "42P01".equals(refused.getSQLState()) ? Seen.UNKNOWN : Seen.DENIED;
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
