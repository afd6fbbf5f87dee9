package io.qupersync.infrastructure.postgres;

import io.qupersync.application.port.TargetProbe;
import io.qupersync.domain.table.Identifier;
import io.qupersync.domain.table.TableRef;
import io.qupersync.infrastructure.store.Migrations;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/// Asks the target who it is and what our user may do there.
public final class PostgresProbe implements TargetProbe {

  static final String WHO =
      """
      select 'PostgreSQL ' || current_setting('server_version') ||
          case current_setting('server_encoding')
            when 'UTF8' then ''
            when 'SQL_ASCII' then ' in SQL_ASCII, which takes any bytes for a text'
            else ' in ' || current_setting('server_encoding')
              || ', which lacks characters: rows that hold one are rejected'
          end, current_user,
        coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false)
      """;

  // NULL where there is no such schema or table
  private static final String MAY =
      """
      select current_user as me, current_database() as database,
        has_database_privilege(current_database(), 'create') as create_schema,
        has_database_privilege(current_database(), 'temporary') as temporary,
        has_schema_privilege(n.oid, 'usage') and has_schema_privilege(n.oid, 'create') as create_table,
        has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select')
          and has_table_privilege(c.oid, 'insert') and has_table_privilege(c.oid, 'update') as write
      from (select ?::text as schema, ?::text as name) as wanted
      left join pg_namespace n on n.nspname = wanted.schema
      left join pg_class c on c.relnamespace = n.oid and c.relname = wanted.name
      """;

  private final PostgresDatabase database;

  public PostgresProbe(PostgresDatabase database) {
    this.database = database;
  }

  @Override
  public Probed probe() {
    return database
        .state()
        .with(
            "connect",
            connection -> {
              try (PreparedStatement statement = connection.prepareStatement(WHO)) {
                ResultSet row = statement.executeQuery();
                row.next();
                return new Probed(row.getString(1), row.getString(2), row.getBoolean(3));
              }
            });
  }

  @Override
  public Optional<String> obstacleTo(TableRef table) {
    return database
        .state()
        .with("look at target " + table, connection -> obstacle(connection, table));
  }

  @Override
  public Optional<String> obstacleToState() {
    var migrations = new Migrations(database.state(), database.schema());
    return switch (migrations.state()) {
      case NEWER ->
          Optional.of(
              "a newer program has brought the state schema '%s' beyond what this one knows"
                  .formatted(database.schema()));
      case CURRENT -> obstacleTo(new TableRef(database.schema().name(), new Identifier("leases")));
      // a table that is surely not there: what counts is whether one may be created
      case MISSING, OUTDATED ->
          obstacleTo(new TableRef(database.schema().name(), new Identifier("qupersync new")));
    };
  }

  private static Optional<String> obstacle(Connection connection, TableRef table)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(MAY)) {
      statement.setString(1, table.schema().value());
      statement.setString(2, table.name().value());
      ResultSet row = statement.executeQuery();
      row.next();
      return obstacle(row, table);
    }
  }

  private static Optional<String> obstacle(ResultSet row, TableRef table) throws SQLException {
    String me = Identifier.quoted(row.getString("me"));
    String here = Identifier.quoted(row.getString("database"));
    String schema = table.schema().quoted();
    if (!row.getBoolean("temporary")) {
      return Optional.of(
          "it may not create temporary tables; run: grant temporary on database %s to %s"
              .formatted(here, me));
    }
    if (row.getObject("write") != null) {
      return row.getBoolean("write")
          ? Optional.empty()
          : Optional.of(
              "it may not write %1$s; run: grant usage on schema %2$s to %3$s; grant select, insert, update, delete on %4$s to %3$s"
                  .formatted(table, schema, me, table.quoted()));
    }
    if (row.getObject("create_table") != null) {
      return row.getBoolean("create_table")
          ? Optional.empty()
          : Optional.of(
              "it may not create tables in schema %1$s; run: grant usage, create on schema %1$s to %2$s"
                  .formatted(schema, me));
    }
    return row.getBoolean("create_schema")
        ? Optional.empty()
        : Optional.of(
            "it may not create schema %1$s; run: create schema %1$s authorization %2$s"
                .formatted(schema, me));
  }
}
