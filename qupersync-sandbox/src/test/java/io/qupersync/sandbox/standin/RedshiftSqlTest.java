package io.qupersync.sandbox.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qupersync.sandbox.relay.ResultFormat;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a user's own queries may say, as they would say it to a cluster.
final class RedshiftSqlTest {
  private static RedshiftStandIn redshift;
  private static Connection connection;

  @BeforeAll
  static void start() throws SQLException {
    redshift = RedshiftStandIn.start(StandInSettings.defaults().results(ResultFormat.TEXT));
    connection = connect("ApplicationName", "test");
  }

  @AfterAll
  static void stop() throws SQLException {
    connection.close();
    redshift.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          dateadd(month, 1, '2026-01-31'::date)                        | 2026-02-28 00:00:00
          dateadd(day, -7, '2026-03-02 08:00:00'::timestamp)           | 2026-02-23 08:00:00
          dateadd('qtr', 2, '2026-01-01'::timestamp)                   | 2026-07-01 00:00:00
          datediff(day, '2026-03-01 23:59'::timestamp, '2026-03-02 00:01'::timestamp) | 1
          datediff(month, '2026-01-31'::date, '2026-02-01'::date)      | 1
          datediff(week, '2026-02-28'::date, '2026-03-01'::date)       | 1
          datediff(ms, '2026-01-01'::timestamp, '2026-01-01 00:00:01.5'::timestamp) | 1500
          date_part(dow, '2026-03-01'::timestamp)::int                 | 0
          '2026-03-02'::timestamp - 7                                  | 2026-02-23 00:00:00
          trunc('2026-03-02 08:00:00'::timestamp)                      | 2026-03-02
          add_months('2026-02-28'::timestamp, 1)                       | 2026-03-31 00:00:00
          last_day('2026-02-10'::timestamp)                            | 2026-02-28
          convert_timezone('Europe/Berlin', '2026-07-01 12:00'::timestamp) | 2026-07-01 14:00:00
          convert_timezone('US/Pacific', 'UTC', '2026-01-01 00:00'::timestamp) | 2026-01-01 08:00:00
          nvl(null, 'b')                                               | b
          nvl(null::int, null, 3)                                      | 3
          nvl2(1, 'yes', 'no')                                         | yes
          decode(2, 1, 'one', 2, 'two', 'many')                        | two
          decode(null, null, 'nothing', 'something')                   | nothing
          len('größe')                                                 | 5
          charindex('b', 'abc')                                        | 2
          strtol('ff', 16)                                             | 255
          strtol('-101', 2)                                            | -5
          sha2('abc', 256)                                             | ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad
          json_extract_path_text('{"a": {"b": "c"}}', 'a', 'b')        | c
          json_array_length('[1, 2]')                                  | 2
          is_valid_json('{"a": 1}')                                    | t
          is_valid_json('nonsense')                                    | f
          json_parse('{"a": 1}')                                       | {"a": 1}
          format_encoding(7)                                           | az64
          'x'::varchar(max)                                            | x
          cast('abcdef' as nvarchar(3))                                | abc
          'it\\'s'                                                     | it's
          'C:\\\\temp'                                                 | C:\\temp
          """)
  void expressions_mean_what_they_mean_to_redshift(String expression, String expected)
      throws SQLException {
    assertThat(answer("select " + expression)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          select top 1 n from (select 1 as n union all select 2) order by n desc             | 2
          select listagg(n, '-') within group (order by n desc) from (select 1 as n union all select 2) | 2-1
          select count(*) from (select 1 minus select 1)                                     | 0
          select approximate count(distinct n) from (select 1 as n union all select 1)       | 1
          select median(n) from (select 1.0 as n union all select 4.0)                       | 2.5
          select sysdate - sysdate                                                           | 00:00:00
          select count(*) from pg_catalog.sys_query_history                                  | 0
          """)
  void statements_too(String statement, String expected) throws SQLException {
    assertThat(answer(statement)).isEqualTo(expected);
  }

  @Test
  void settings_of_redshifts_own_can_be_set_and_shown() throws SQLException {
    try (Connection grouped = connect("queryGroup", "qupersync");
        Statement statement = grouped.createStatement()) {
      statement.execute("set enable_result_cache_for_session to off");
      try (ResultSet rows = statement.executeQuery("show query_group")) {
        rows.next();
        assertThat(rows.getString(1)).isEqualTo("qupersync");
      }
    }
  }

  @Test
  void a_schema_given_at_log_in_comes_before_public_and_the_catalog_stays_redshifts()
      throws SQLException {
    try (Connection admin = redshift.adminConnection();
        Statement ddl = admin.createStatement()) {
      ddl.execute("create schema sales");
      ddl.execute("create table sales.orders as select 'sold' as state");
      ddl.execute("grant usage on schema sales to public; grant select on sales.orders to public");
    }
    try (Connection inSales = connect("currentSchema", "sales");
        Statement statement = inSales.createStatement()) {
      assertThat(answer(statement, "select state from orders")).isEqualTo("sold");
      assertThat(answer(statement, "select count(attisdistkey) > 0 from pg_attribute"))
          .isEqualTo("t");
      statement.execute("set search_path to public");
      assertThat(answer(statement, "select count(attisdistkey) > 0 from pg_attribute"))
          .isEqualTo("t");
    }
  }

  @Test
  void a_read_only_connection_writes_nothing() throws SQLException {
    try (Connection reading = connect("readOnly", "true");
        Statement statement = reading.createStatement()) {
      assertThatThrownBy(() -> statement.execute("create table public.written (n int)"))
          .hasFieldOrPropertyWithValue("SQLState", "25006");
    }
  }

  @Test
  void getdate_tells_the_time_it_was_turned_to() throws SQLException {
    redshift.turnClockTo(Instant.parse("2026-03-02T08:00:00Z"));

    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select getdate()")) {
      rows.next();
      assertThat(rows.getObject(1, LocalDateTime.class))
          .isBetween(
              LocalDateTime.parse("2026-03-02T08:00:00"),
              LocalDateTime.parse("2026-03-02T08:01:00"));
    }
  }

  private static String answer(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return answer(statement, sql);
    }
  }

  private static String answer(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static Connection connect(String property, String value) throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", redshift.user());
    properties.setProperty("password", redshift.password());
    properties.setProperty("connectionTimezone", "SERVER");
    properties.setProperty(property, value);
    return DriverManager.getConnection(redshift.jdbcUrl(), properties);
  }
}
