package io.qupersync.sandbox.standin;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.sandbox.data.Orders;
import io.qupersync.sandbox.relay.FaultSequence;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BadDayTest {

  @Test
  void a_reader_that_begins_anew_after_each_failure_gets_through_in_the_end() throws SQLException {
    try (var redshift = RedshiftStandIn.start()) {
      try (Connection admin = redshift.adminConnection()) {
        Orders.create(admin, "public.orders", 5000);
      }
      int failures = 0;
      try (FaultSequence day =
          FaultSequence.begin(redshift.faults(), new Random(5), "orders", 4000, 50)) {
        while (!day.over()) {
          try {
            assertThat(read(redshift)).isEqualTo(5000);
          } catch (SQLException misfortune) {
            failures++;
          }
        }
      }
      assertThat(redshift.faults().struck()).isEqualTo(50);
      assertThat(failures).isBetween(25, 50);
      assertThat(read(redshift)).isEqualTo(5000);
    }
  }

  private static int read(RedshiftStandIn redshift) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                redshift.jdbcUrl() + ";enableFetchRingBuffer=false",
                redshift.user(),
                redshift.password());
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.setFetchSize(500);
      int rows = 0;
      try (ResultSet found = statement.executeQuery("select * from orders")) {
        while (found.next()) {
          rows++;
        }
      }
      return rows;
    }
  }
}
