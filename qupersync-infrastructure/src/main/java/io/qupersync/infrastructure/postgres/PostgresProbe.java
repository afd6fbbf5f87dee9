package io.qupersync.infrastructure.postgres;

import io.qupersync.application.port.TargetProbe;
import io.qupersync.domain.table.Identifier;
import io.qupersync.domain.table.TableRef;
import io.qupersync.infrastructure.store.Migrations;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
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

  private static final String IS_SUPERUSER =
      "select rolname, rolsuper from pg_roles where rolname = current_user";

  /// Functions in SQL or a language like it, whose names are looked up when they run. A text, for
  /// versions differ in what `pg_proc` has.
  private static final String LOOKING_UP =
      """
      with wanted as (
        select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = ? and c.relname = ?),
      tables as (
        select oid from wanted
        union select relid from wanted, pg_partition_tree(wanted.oid)),
      users as (
        select 'pg_trigger'::regclass as class, t.oid from pg_trigger t join tables on tables.oid = t.tgrelid
          where not t.tgisinternal and t.tgenabled in ('O', 'A')
        union all
        select 'pg_attrdef'::regclass, d.oid from pg_attrdef d join tables on tables.oid = d.adrelid
        union all
        select 'pg_constraint'::regclass, k.oid from pg_constraint k join tables on tables.oid = k.conrelid
        union all
        select 'pg_constraint'::regclass, k.oid from pg_constraint k
          join pg_attribute a on a.atttypid = k.contypid join tables on tables.oid = a.attrelid
          where k.contypid <> 0
        union all
        select 'pg_class'::regclass, i.indexrelid from pg_index i join tables on tables.oid = i.indrelid)
      select distinct format('%I.%I(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid))
      from users u
      join pg_depend d on d.classid = u.class and d.objid = u.oid and d.refclassid = 'pg_proc'::regclass
      join pg_proc p on p.oid = d.refobjid
      join pg_namespace n on n.oid = p.pronamespace
      join pg_language l on l.oid = p.prolang
      where l.lanname not in ('c', 'internal') and n.nspname <> 'pg_catalog'
        and to_jsonb(p) ->> 'prosqlbody' is null
        and not exists (select from unnest(p.proconfig) as s (setting) where s.setting like 'search\\_path=%')
      order by 1
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
  public Optional<String> riskOfUser() {
    return database
        .state()
        .with(
            "connect",
            connection -> {
              try (PreparedStatement statement = connection.prepareStatement(IS_SUPERUSER);
                  ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean("rolsuper")
                    ? Optional.of(
                        "%s is a superuser: what others put into triggers, defaults and types of the targets runs with all rights; name a role of QuperSync's own in target.user"
                            .formatted(row.getString("rolname")))
                    : Optional.<String>empty();
              }
            });
  }

  @Override
  public Optional<String> riskOf(TableRef table) {
    return database.hasSearchPath()
        ? Optional.empty()
        : database
            .state()
            .with("look at target " + table, connection -> lookingUp(connection, table));
  }

  private static Optional<String> lookingUp(Connection connection, TableRef table)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LOOKING_UP)) {
      statement.setString(1, table.schema().value());
      statement.setString(2, table.name().value());
      var functions = new ArrayList<String>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          functions.add(row.getString(1));
        }
      }
      return functions.isEmpty()
          ? Optional.empty()
          : Optional.of(
              "its triggers, defaults or constraints call %s, which has no search_path of its own, and QuperSync's sessions look names up in pg_catalog alone; if it names anything without a schema, run: alter function %s set search_path = …; or name the schemas in target.search_path"
                  .formatted(String.join(", ", functions), functions.getFirst()));
    }
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
