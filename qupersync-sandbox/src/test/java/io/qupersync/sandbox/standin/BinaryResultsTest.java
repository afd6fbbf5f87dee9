package io.qupersync.sandbox.standin;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazon.redshift.RedshiftResultSetMetaData;
import io.qupersync.sandbox.data.LivelyCluster;
import io.qupersync.sandbox.data.Orders;
import io.qupersync.sandbox.relay.ResultFormat;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BinaryResultsTest {
  private static RedshiftStandIn text;
  private static RedshiftStandIn binary;

  @BeforeAll
  static void start() throws SQLException {
    text = RedshiftStandIn.start(StandInSettings.defaults().results(ResultFormat.TEXT));
    binary = RedshiftStandIn.start();
    for (RedshiftStandIn redshift : List.of(text, binary)) {
      try (Connection admin = redshift.adminConnection()) {
        Orders.create(admin, "public.orders", 3000);
      }
    }
  }

  @AfterAll
  static void stop() {
    text.close();
    binary.close();
  }

  @Test
  void typed_getters_read_the_same_values_as_from_text() throws SQLException {
    List<List<Object>> fromBinary = read(binary, "select * from orders order by id");

    assertThat(fromBinary).hasSize(3000);
    assertThat(fromBinary).isEqualTo(read(text, "select * from orders order by id"));
  }

  @Test
  void columns_really_travel_in_binary() throws SQLException {
    try (Connection connection = connect(binary);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("select amount, paid, sum(id) from orders group by 1, 2")) {
      var metadata = (RedshiftResultSetMetaData) rows.getMetaData();
      assertThat(metadata.getFormat(1)).isEqualTo(1);
      assertThat(metadata.getFormat(2)).isEqualTo(1);
      assertThat(metadata.getFormat(3)).as("of no stated precision").isZero();
      rows.next();
      // the very difference between the two that catches out a reader of strings
      assertThat(rows.getString(2)).isIn("true", "false");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0::numeric(18,4)",
        "-0.0001::numeric(18,4)",
        "99999999999999.9999::numeric(18,4)",
        "1234567890123456789012345678.0123456789::numeric(38,10)",
        "-99999999999999999999999999999999999999::numeric(38,0)",
        "-0.0000000000000000000000000000000000001::numeric(38,37)",
        "10000::numeric(5,0)",
        "null::numeric(20,2)"
      })
  void numerics_arrive_to_the_last_digit(String literal) throws SQLException {
    assertThat(read(binary, "select " + literal)).isEqualTo(read(text, "select " + literal));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        "'A'::\"char\"",
        "'a name'::name",
        "4294967295::oid",
        "'23:59:59.999999'::time",
        "'294276-12-31 23:59:59'::timestamp",
        "'0044-03-15 BC'::date",
        "json_parse('{\"größe\": [1, null]}')",
        "interval '1 year 2 months 04:05:06.789'",
        "interval '3 days'",
        "'NaN'::double precision",
        "1.5::real",
        "'ab'::char(5)"
      })
  void other_types_arrive_as_from_text(String literal) throws SQLException {
    assertThat(read(binary, "select " + literal)).isEqualTo(read(text, "select " + literal));
  }

  @Test
  void a_prepared_statement_reads_the_same_however_often_it_is_executed() throws SQLException {
    try (Connection connection = connect(binary);
        PreparedStatement statement =
            connection.prepareStatement("select * from orders where id = ?")) {
      for (int i = 1; i <= 12; i++) {
        statement.setLong(1, i);
        try (ResultSet rows = statement.executeQuery()) {
          assertThat(rowsOf(rows)).isEqualTo(read(text, "select * from orders where id = " + i));
        }
      }
    }
  }

  @Test
  void two_open_cursors_keep_their_own_columns() throws SQLException {
    try (Connection connection = connect(binary)) {
      connection.setAutoCommit(false);
      try (Statement one = connection.createStatement();
          Statement other = connection.createStatement()) {
        one.setFetchSize(10);
        other.setFetchSize(10);
        try (ResultSet amounts = one.executeQuery("select amount from orders order by id");
            ResultSet ids = other.executeQuery("select id, note from orders order by id")) {
          for (int i = 1; i <= 100; i++) {
            amounts.next();
            ids.next();
            assertThat(amounts.getBigDecimal(1).scale()).isEqualTo(4);
            assertThat(ids.getLong(1)).isEqualTo(i);
          }
        }
      }
    }
  }

  @Test
  void the_queries_of_the_built_in_jobs_read_the_same_rows_as_from_text() throws SQLException {
    InstantSource clock = InstantSource.system();
    LivelyCluster.raise(binary, 5, 1, clock);
    try (Connection connection = connect(binary)) {
      for (SourceQuery query : SourceQuery.of(Flavor.PROVISIONED)) {
        try (PreparedStatement statement = query.prepare(connection);
            ResultSet rows = statement.executeQuery()) {
          assertThat(rowsOf(rows)).as(query.name()).isNotEmpty();
        }
      }
    }
  }

  private static List<List<Object>> read(RedshiftStandIn redshift, String sql) throws SQLException {
    try (Connection connection = connect(redshift);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rowsOf(rows);
    }
  }

  private static List<List<Object>> rowsOf(ResultSet rows) throws SQLException {
    var read = new ArrayList<List<Object>>();
    while (rows.next()) {
      var row = new Object[rows.getMetaData().getColumnCount()];
      for (int i = 0; i < row.length; i++) {
        row[i] = value(rows, i + 1);
      }
      read.add(Arrays.asList(row));
    }
    return read;
  }

  private static Object value(ResultSet rows, int column) throws SQLException {
    return switch (rows.getMetaData().getColumnType(column)) {
      case Types.TIMESTAMP -> rows.getObject(column, LocalDateTime.class);
      case Types.TIMESTAMP_WITH_TIMEZONE -> rows.getObject(column, OffsetDateTime.class);
      case Types.DATE -> rows.getObject(column, LocalDate.class);
      case Types.NUMERIC -> {
        BigDecimal number = rows.getBigDecimal(column);
        yield number;
      }
      default -> rows.getObject(column);
    };
  }

  private static Connection connect(RedshiftStandIn redshift) throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", redshift.user());
    properties.setProperty("password", redshift.password());
    properties.setProperty("enableFetchRingBuffer", "false");
    properties.setProperty("connectionTimezone", "SERVER");
    return java.sql.DriverManager.getConnection(redshift.jdbcUrl(), properties);
  }
}
