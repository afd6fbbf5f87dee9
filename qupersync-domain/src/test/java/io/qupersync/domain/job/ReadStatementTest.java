package io.qupersync.domain.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadStatementTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 1",
        "SELECT 1;",
        "select 1; ; -- done",
        "select 1 /* ; delete from t */",
        "-- first\nselect 1",
        "(select 1) union all (select 2)",
        "((select 1))",
        "with a as (select 1) select * from a",
        "with recursive a (n, \"into\") as not materialized (select 1), b as (select 2) select * from a, b",
        "with a as (with b as (select 1) select * from b) (select * from a)",
        "select ';', 'into', 'insert into t' from t",
        "select \"into\", \"update\", t.delete from t",
        "select $$; delete from t; $$",
        "select $x$ into $$ ; $x$",
        "select 'it''s; into', 'a\\'; into t' from t",
        "select update, delete as merge from t where insert > 1",
        "select extract(day from at), substring(a from 1 for update) from t",
        "select substring(a from 1 for share) from t",
        "select * from t where at >= :from and at::date < :to",
        "select nextval, set_config as x from t",
        "select a /* into */ from t -- into u",
        "select e'\\'; into', n'x' from t",
        "select count(*) filter (where a in (1, 2)) over (partition by b) from t",
        "select sum(x) within group (order by y) from t(1)",
        "with x as (select 1) select * from (values (1)) v(update)",
        "select $1"
      })
  void lets_pass_what_only_reads(String sql) {
    assertThat(SqlTemplate.ofQuery(sql).text()).startsWith(sql.strip().substring(0, 5));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "delete from t | begins with 'delete'",
        "insert into t select 1 | begins with 'insert'",
        "update t set a = 1 | begins with 'update'",
        "merge into t using u on true when matched then delete | begins with 'merge'",
        "truncate t | begins with 'truncate'",
        "call p() | begins with 'call'",
        "copy t from 's3://b' | begins with 'copy'",
        "unload ('select 1') to 's3://b' | begins with 'unload'",
        "analyze t | begins with 'analyze'",
        "explain analyze delete from t | begins with 'explain'",
        "set x to 1 | begins with 'set'",
        "-- select 1 | there is none",
        "select 1; delete from t | semicolon",
        "select 1; select 2 | semicolon",
        "select 1 /* a */ ; /* b */ drop table t | semicolon",
        "select * into u from t | INTO",
        "select * into temp u from t | INTO",
        "select * from (select * INTO u from t) x | INTO",
        "with a as (delete from t returning id) select * from a | WITH",
        "with a as (select 1), b as (update t set x = 1 returning *) select * from b | WITH",
        "with a as materialized ((insert into t values (1))) select 1 | WITH",
        "with a as (select 1) delete from t | WITH",
        "with a as (select 1) insert into t select * from a | WITH",
        "with a (x) as (select 1) update t set y = 1 | WITH",
        "with a as (select 1) merge into t using a on true when matched then delete | WITH",
        "with recursive a as (select 1) search depth first by n set o delete from t | WITH",
        "select * from (with a as (delete from t returning 1) select * from a) x | WITH",
        "select * from t for update | FOR UPDATE",
        "select * from t for no key update | FOR UPDATE",
        "select * from t for share of t | FOR UPDATE",
        "select * from (select * from t for key share) x | FOR UPDATE",
        "select nextval('s') | nextval",
        "select pg_catalog.setval ('s', 1) | setval",
        "select \"pg_terminate_backend\"(1) | pg_terminate_backend",
        "select set_config('timezone', 'x', false) | set_config",
        "select 1) as q; select (2 | parenthesis",
        "select 1) union (select 2 | parenthesis",
        "select (1 | parenthesis"
      })
  void refuses_everything_else_and_says_why(String sql, String reason) {
    assertThatThrownBy(() -> SqlTemplate.ofQuery(sql))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one statement that only reads")
        .hasMessageContaining(reason);
  }
}
