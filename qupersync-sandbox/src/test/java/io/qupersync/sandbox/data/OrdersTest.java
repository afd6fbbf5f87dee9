package io.qupersync.sandbox.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.sandbox.server.EmbeddedServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class OrdersTest {

  @Test
  void ten_rows_share_each_watermark_and_the_same_rows_come_each_time() throws SQLException {
    try (var server = EmbeddedServer.start();
        Connection admin = server.connect()) {
      Orders.create(admin, "public.orders", 1000);
      Orders.create(admin, "public.orders_again", 1000);

      assertThat(number(admin, "select count(*) from orders")).isEqualTo(1000);
      assertThat(
              number(
                  admin,
                  "select count(*) from (select 1 from orders group by updated_at having count(*) <> 10) x"))
          .as("the first and the last are not full")
          .isLessThanOrEqualTo(2);
      assertThat(number(admin, "select count(*) from (table orders except table orders_again) x"))
          .isZero();
    }
  }

  @Test
  void rows_can_be_added_changed_and_taken_away() throws SQLException {
    try (var server = EmbeddedServer.start();
        Connection admin = server.connect()) {
      Orders.create(admin, "public.orders", 1000);

      Orders.append(admin, "public.orders", 1001, 1100);
      assertThat(
              Orders.touchEvery(admin, "public.orders", 20, Instant.parse("2026-06-01T00:00:00Z")))
          .isEqualTo(55);
      assertThat(Orders.removeEvery(admin, "public.orders", 100)).isEqualTo(11);

      assertThat(number(admin, "select count(*) from orders")).isEqualTo(1089);
      assertThat(
              number(
                  admin, "select count(*) from orders where updated_at = timestamp '2026-06-01'"))
          .isEqualTo(44);
    }
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
