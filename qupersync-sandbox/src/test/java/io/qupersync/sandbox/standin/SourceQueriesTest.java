package io.qupersync.sandbox.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qupersync.sandbox.data.LivelyCluster;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SourceQueriesTest {

  @ParameterizedTest
  @EnumSource(Flavor.class)
  void every_query_of_the_built_in_jobs_runs_through_the_redshift_driver(Flavor flavor)
      throws SQLException {
    try (var redshift = RedshiftStandIn.start(StandInSettings.defaults().flavor(flavor));
        Connection connection = connect(redshift)) {
      LivelyCluster.raise(redshift, 1, 1, InstantSource.system());
      for (SourceQuery query : SourceQuery.of(flavor)) {
        try (PreparedStatement statement = query.prepare(connection);
            ResultSet rows = statement.executeQuery()) {
          int count = 0;
          for (; rows.next(); count++) {
            for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
              rows.getObject(column);
            }
          }
          assertThat(count).as(query.name()).isPositive();
        }
      }
    }
  }

  @Test
  void a_provisioned_cluster_has_no_serverless_usage() throws SQLException {
    try (var redshift = RedshiftStandIn.start();
        Connection connection = connect(redshift);
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.executeQuery("select * from sys_serverless_usage"))
          .isInstanceOfSatisfying(
              SQLException.class, refused -> assertThat(refused.getSQLState()).isEqualTo("42P01"));
    }
  }

  @Test
  void a_table_created_by_the_administrator_shows_up_in_the_catalog_views() throws SQLException {
    try (var redshift = RedshiftStandIn.start();
        Connection admin = redshift.adminConnection();
        Statement ddl = admin.createStatement();
        Connection connection = connect(redshift);
        Statement statement = connection.createStatement()) {
      ddl.execute("create table public.orders (id bigint not null, note varchar(65535))");
      ddl.execute("insert into public.orders values (1, 'first')");
      ddl.execute("analyze public.orders");

      try (ResultSet rows =
          statement.executeQuery(
              "select column_name, data_type, character_maximum_length from svv_columns"
                  + " where table_schema = 'public' and table_name = 'orders' order by ordinal_position")) {
        rows.next();
        assertThat(rows.getString(2)).isEqualTo("bigint");
        rows.next();
        assertThat(rows.getString(2)).isEqualTo("character varying");
        assertThat(rows.getInt(3)).isEqualTo(65535);
      }
      try (ResultSet rows =
          statement.executeQuery(
              "select tbl_rows from svv_table_info where \"table\" = 'orders'")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(1);
      }
    }
  }

  private static Connection connect(RedshiftStandIn redshift) throws SQLException {
    return DriverManager.getConnection(redshift.jdbcUrl(), redshift.user(), redshift.password());
  }
}
