package io.qupersync.infrastructure.redshift;

import io.qupersync.application.port.SourceProbe;
import io.qupersync.domain.job.JobSource;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.table.Identifier;
import io.qupersync.domain.table.TableRef;
import io.qupersync.domain.table.TableShape;
import io.qupersync.infrastructure.jdbc.SqlFailures;
import io.qupersync.infrastructure.jdbc.TlsMode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Asks Redshift who it is, and whom it takes us for.
public final class RedshiftProbe implements SourceProbe {

  private static final String NO_PRIVILEGE = "42501";
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

  @Override
  public Optional<String> obstacleTo(SyncJob job, TableShape shape) {
    return connections.ask(
        "ask for the privileges that job '%s' needs".formatted(job.id()),
        job,
        connection -> {
          Optional<String> missing = missingGrant(connection, job);
          return missing.isPresent() ? missing : refusal(connection, job, shape);
        });
  }

  /// The first that is answered by a row shows that he does: a superuser, a row of somebody else, a
  /// user with syslog access, a role that may read the logs. What is refused shows nothing.
  private static final List<String> SEES_OTHERS =
      List.of(
          "select 1 from pg_user where usename = current_user and usesuper",
          "select 1 from sys_query_history where user_id > 1 and user_id <> (select usesysid from pg_user where usename = current_user) limit 1",
          "select 1 from svl_user_info where usename = current_user and syslogaccess = 'UNRESTRICTED'",
          "select 1 from svv_user_grants where user_name = current_user and role_name in ('sys:monitor', 'sys:operator', 'sys:dba', 'sys:superuser')");

  @Override
  public Optional<String> hiddenRows() {
    return connections.ask(
        "ask what the user sees of the logs",
        RedshiftConnections.SHORT,
        connection -> {
          for (String question : SEES_OTHERS) {
            if (hasRow(connection, question)) {
              return Optional.empty();
            }
          }
          return Optional.of(
              "nothing shows that the user sees more of the logs than his own rows, and then the built-in jobs copy no others; as a superuser: alter user %1$s syslog access unrestricted; grant role sys:monitor to %1$s"
                  .formatted(currentUser(connection)));
        });
  }

  private static boolean hasRow(Connection connection, String question) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(question)) {
      return answer.next();
    } catch (SQLException refused) {
      ServerFacts.requireUnknown(refused);
      return false;
    }
  }

  private Optional<String> missingGrant(Connection connection, SyncJob job) throws SQLException {
    if (!(job.extraction().source() instanceof JobSource.Table(TableRef table))) {
      return Optional.empty();
    }
    String user = currentUser(connection);
    var grants = new ArrayList<String>();
    if (!may(connection, "select has_schema_privilege(?, 'usage')", table.schema().value())) {
      grants.add("grant usage on schema %s to %s".formatted(table.schema().quoted(), user));
    }
    if (!may(connection, "select has_table_privilege(?, 'select')", table.quoted())) {
      grants.add("grant select on %s to %s".formatted(table.quoted(), user));
    }
    return grants.isEmpty()
        ? Optional.empty()
        : Optional.of("%s is not readable: %s".formatted(table, String.join("; ", grants)));
  }

  /// Not as whom we logged in: a temporary login bears a name with a prefix.
  private static String currentUser(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery("select current_user")) {
      answer.next();
      return Identifier.quoted(answer.getString(1));
    }
  }

  /// A server that has no answer has no objection either: the statement itself is tried next.
  private static boolean may(Connection connection, String question, String object)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(question)) {
      statement.setString(1, object);
      ResultSet answer = statement.executeQuery();
      return !answer.next() || answer.getBoolean(1);
    } catch (SQLException refused) {
      if (SqlFailures.passes(refused)) {
        throw refused;
      }
      return true;
    }
  }

  /// Has the server plan the job's statement, for which it looks at the privileges, but not run it.
  private Optional<String> refusal(Connection connection, SyncJob job, TableShape shape)
      throws SQLException {
    SqlText sql =
        new ExtractionSql(connections.columns().known(job), shape, Window.everything()).sql();
    try (Statement statement = connection.createStatement()) {
      statement.execute("explain " + sql.withLiterals());
      return Optional.empty();
    } catch (SQLException refused) {
      if (!NO_PRIVILEGE.equals(refused.getSQLState())) {
        throw refused;
      }
      return Optional.of(
          String.valueOf(
              connections
                  .failures()
                  .of("read what job '%s' reads".formatted(job.id()), refused)
                  .getMessage()));
    }
  }
}
