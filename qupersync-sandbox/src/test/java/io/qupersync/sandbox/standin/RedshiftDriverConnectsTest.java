package io.qupersync.sandbox.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class RedshiftDriverConnectsTest {
  private static RedshiftStandIn redshift;

  @BeforeAll
  static void start() throws SQLException {
    redshift = RedshiftStandIn.start();
  }

  @AfterAll
  static void stop() {
    redshift.close();
  }

  @Test
  void the_unmodified_driver_logs_in_and_takes_it_for_redshift() throws SQLException {
    try (Connection connection = connect()) {
      assertThat(connection.getMetaData().getDatabaseProductName()).isEqualTo("Redshift");
      assertThat(connection.getMetaData().getDatabaseProductVersion()).isEqualTo("8.0.2");
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("select version()")) {
        rows.next();
        assertThat(rows.getString(1)).contains("Redshift 1.0");
      }
    }
  }

  @Test
  void refuses_a_wrong_password() {
    assertThatThrownBy(
            () -> DriverManager.getConnection(redshift.jdbcUrl(), redshift.user(), "wrong"))
        .isInstanceOfSatisfying(
            SQLException.class, refused -> assertThat(refused.getSQLState()).isEqualTo("28P01"));
  }

  private static Connection connect() throws SQLException {
    return DriverManager.getConnection(redshift.jdbcUrl(), redshift.user(), redshift.password());
  }
}
