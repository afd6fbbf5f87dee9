package io.qupersync.sandbox.standin;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// Makes a PostgreSQL database look like a Redshift one: types, functions, catalogs, system views.
final class RedshiftSchema {
  private static final List<String> BOTH =
      List.of(
          "1-types.sql",
          "2-functions.sql",
          "3-catalog.sql",
          "4-sys-views.sql",
          "5-legacy-views.sql",
          "6-admin-views.sql",
          "8-open-transactions.sql");

  private RedshiftSchema() {}

  static void install(Connection admin, StandInSettings settings) throws SQLException {
    var files = new ArrayList<>(BOTH);
    if (settings.flavor() == Flavor.SERVERLESS) {
      files.add("7-serverless.sql");
    }
    try (Statement statement = admin.createStatement()) {
      // the views are where Redshift has them, in pg_catalog, which PostgreSQL otherwise protects
      statement.execute("set allow_system_table_mods = on");
      for (String file : files) {
        statement.execute(read(file));
      }
      createUser(statement, settings);
    }
  }

  private static void createUser(Statement statement, StandInSettings settings)
      throws SQLException {
    String user = statement.enquoteIdentifier(settings.user(), true);
    // the driver cannot log in by SCRAM; PostgreSQL 18 warns of MD5 unless told not to
    statement.execute("set password_encryption = md5");
    statement.execute("set md5_password_warnings = off");
    statement.execute(
        "create role %s login password %s"
            .formatted(user, statement.enquoteLiteral(settings.password())));
    statement.execute("grant select on all tables in schema pg_catalog to " + user);
    statement.execute("grant select on all tables in schema pg_redshift to public");
    // alter user … syslog access unrestricted
    statement.execute("grant pg_read_all_stats to " + user);
    statement.execute("grant usage on schema pg_redshift to public");
    // everybody may create tables in public there
    statement.execute("grant create on schema public to public");
  }

  private static String read(String file) {
    try (InputStream in = RedshiftSchema.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new FileNotFoundException(file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
