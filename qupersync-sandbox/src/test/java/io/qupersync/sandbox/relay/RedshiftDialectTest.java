package io.qupersync.sandbox.relay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RedshiftDialectTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          select dateadd(day, -7, getdate())          | select dateadd('day', -7, getdate())
          select DATEDIFF( second , a, b)             | select DATEDIFF( 'second' , a, b)
          select date_part(epoch, ts)                 | select date_part('epoch', ts)
          select top 5 a from t                       | select   a from t limit 5
          select * from (select top 2 a from t) x     | select * from (select   a from t limit 2 ) x
          select top 1 a from t union all select 2    | select   a from t  limit 1 union all select 2
          select sysdate                              | select sysdate()
          select x::varchar(max)                      | select x::varchar(65535)
          select cast(x as nvarchar(10))              | select cast(x as varchar(10))
          select 1 minus select 2                     | select 1 except select 2
          select approximate count(distinct x) from t | select  count(distinct x) from t
          select decode(a, 1, 'x', 'y')               | select (case when (a) is not distinct from  1 then  'x' else  'y' end)
          set query_group to 'x'                      | set rs.query_group to 'x'
          SET enable_result_cache_for_session TO off  | SET rs.enable_result_cache_for_session TO off
          SET readonly=1                              | SET default_transaction_read_only=1
          set search_path to sales, public            | set search_path to pg_redshift, pg_catalog, sales, public
          show query_group                            | show rs.query_group
          """)
  void translates_what_only_redshift_understands(String redshift, String postgres) {
    assertThat(RedshiftDialect.toPostgres(redshift).strip()).isEqualTo(postgres);
  }

  @Test
  void orders_inside_listagg() {
    assertThat(
            RedshiftDialect.toPostgres(
                "select listagg(distinct x, ',') within group (order by y desc) from t"))
        .isEqualToNormalizingWhitespace("select listagg(distinct x, ',' order by y desc) from t");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 'top 5 sysdate dateadd(day, 1, x)'",
        "select 'it''s sysdate'",
        "select 'a backslash \\' sysdate'",
        "select \"sysdate\", \"top\" from t",
        "select 1 -- sysdate",
        "select /* sysdate /* nested sysdate */ sysdate */ 1",
        "select $$ sysdate $$, $tag$ sysdate $tag$",
        "select t.sysdate, 1 as sysdate from t",
        "select top from t",
        "select minus from t",
        "select $1, decode(x, 'hex')",
        "set statement_timeout to 1000",
        "select dateadd('day', 1, x)"
      })
  void leaves_literals_quoted_names_and_comments_alone(String sql) {
    assertThat(RedshiftDialect.toPostgres(sql)).isSameAs(sql);
  }
}
