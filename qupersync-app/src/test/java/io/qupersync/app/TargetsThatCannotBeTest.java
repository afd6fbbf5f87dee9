package io.qupersync.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.interfaces.cli.ExitCode;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Targets that a run would stop at: `plan` and `check` say so, in the run's own words. */
class TargetsThatCannotBeTest {

  private static final String JOB =
      """
      builtin_jobs: false
      jobs:
        orders:
          source: { table: public.orders }
          target: analytics.orders
          key: [id]
          watermark: { column: at, lookback: 1h }
          schedule: manual
      """;

  @TempDir static Path directory;
  private static Trial trial;

  @BeforeAll
  static void start() throws SQLException {
    trial = new Trial(directory);
    trial.file("qupersync.yaml", JOB);
  }

  @AfterAll
  static void stop() {
    trial.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "create table analytics.orders (id bigint, at timestamp)                       | has no unique index on its key (id); run: create unique index on",
        "create view analytics.orders as select 1::bigint as id                        | is a view or a foreign table; name a table",
        "create table analytics.orders (id bigint primary key, at timestamp, n int not null) | wants a value in n",
        "create table analytics.orders (id bigint primary key, at timestamp generated always as ('2026-01-01'::timestamp) stored) | computes at by itself",
      })
  void are_told_of_by_plan_and_check_and_the_run(String ddl, String message) throws SQLException {
    trial.atSource(
        "drop table if exists public.orders",
        "create table public.orders (id bigint, at timestamp)",
        "grant select on public.orders to public");
    trial.atTarget(
        "drop schema if exists analytics cascade",
        "drop schema if exists quper cascade",
        "create schema analytics",
        ddl);

    for (List<String> command :
        List.of(List.of("plan", "orders"), List.of("check"), List.of("run", "orders"))) {
      Trial.Ended ended = trial.run(command.toArray(String[]::new));

      assertThat(ended.exit()).as(command.toString()).isEqualTo(ExitCode.FAILED);
      assertThat(ended.out() + ended.err()).as(command.toString()).contains(message);
    }
  }

  @Test
  void everything_that_does_not_fit_is_told_at_once() throws SQLException {
    trial.atSource(
        "drop table if exists public.orders",
        "create table public.orders (id bigint, at timestamp, note varbyte, span interval)",
        "grant select on public.orders to public");
    trial.atTarget(
        "drop schema if exists analytics cascade",
        "create schema analytics",
        "create table analytics.orders (id bigint, at timestamp, n int not null, note integer)");
    try {
      trial.file(
          "qupersync.yaml",
          """
          builtin_jobs: false
          jobs:
            orders:
              source: { table: public.orders }
              target: analytics.orders
              key: [id]
              watermark: { column: att }
              columns:
                a: { from: atx }
                b: { from: note, normalize: [trim] }
              update_columns: [zip]
            plain:
              source: { query: "select id, at from public.orders" }
              target: analytics.plain
              key: [id]
              columns: { at: { type: order_state }, n: { default: "x", type: crm.mood } }
            lines:
              source: { query: "select id, at, no_such from public.orders" }
              target: analytics.lines
              key: [id]
            same:
              source: { table: public.orders }
              target: analytics.same
              key: [id, idd]
              exclude: [note]
          """);

      Trial.Ended check = trial.run("check");

      assertThat(check.exit()).isEqualTo(ExitCode.FAILED);
      assertThat(check.out().replaceAll("\\s+", " "))
          .contains(
              "watermark: the source has no column 'att'",
              "column 'a': the source has no column 'atx'",
              "column 'b': normalize works on text",
              "update_columns: no column 'zip' is written",
              "column 'at': there is no type 'order_state'",
              "column 'n': there is no type 'crm.mood'",
              "no_such",
              "key: no column 'idd' is written");
      assertThat(trial.targetRows("select 1 from pg_class where relname in ('plain', 'same')"))
          .isEmpty();
      assertThat(trial.run("plan", "plain").out() + trial.run("plan", "plain").err())
          .contains("there is no type 'order_state'");
    } finally {
      trial.file("qupersync.yaml", JOB);
    }
  }

  @Test
  void all_that_a_table_lacks_is_told_at_once() throws SQLException {
    trial.atSource(
        "drop table if exists public.orders",
        "create table public.orders (id bigint, at timestamp)",
        "grant select on public.orders to public");
    trial.atTarget(
        "drop schema if exists analytics cascade",
        "create schema analytics",
        "create table analytics.orders (id bigint, at timestamp, n int not null)");

    assertThat(trial.run("check").out().replaceAll("\\s+", " "))
        .contains("has no unique index on its key (id)", "wants a value in n");
  }

  @Test
  void functions_of_a_target_that_look_names_up_are_named() throws SQLException {
    trial.atSource(
        "drop table if exists public.orders",
        "create table public.orders (id bigint, at timestamp)",
        "grant select on public.orders to public");
    trial.atTarget(
        "drop schema if exists analytics cascade",
        "create schema analytics",
        "create function analytics.touch() returns trigger language plpgsql as 'begin return new; end'",
        "create function analytics.next_no() returns int language sql as 'select 1'",
        "create function analytics.settled() returns int language sql set search_path = analytics as 'select 1'",
        "create table analytics.orders (id bigint primary key, at timestamp, no int default analytics.next_no(), m int default analytics.settled())",
        "create trigger touched before insert on analytics.orders for each row execute function analytics.touch()");

    Trial.Ended check = trial.run("check");

    assertThat(check.out().replaceAll("\\s+", " "))
        .contains("analytics.next_no(), analytics.touch()")
        .contains("run: alter function analytics.next_no() set search_path")
        .doesNotContain("analytics.settled()")
        .contains("is a superuser");
  }

  @Test
  void an_added_column_is_filled_by_the_command_that_the_remark_names() throws SQLException {
    trial.atTarget(
        "drop schema if exists analytics cascade", "drop schema if exists quper cascade");
    trial.atSource(
        "drop table if exists public.orders",
        "create table public.orders (id bigint, at timestamp)",
        "insert into public.orders values (1, '2026-01-01'), (2, '2026-01-02')",
        "grant select on public.orders to public");
    assertThat(trial.run("run", "orders").exit()).isEqualTo(ExitCode.DONE);
    trial.atSource(
        "alter table public.orders add column note varchar(10)",
        "update public.orders set note = 'n' || id");
    trial.run("run", "orders");
    String remark =
        trial
            .targetRows("select remark from quper.sync_logs order by run_id desc limit 1")
            .getFirst()
            .getFirst();
    assertThat(remark).contains("note was added to analytics.orders");

    String command = remark.replaceFirst("(?s).*qupersync (run orders --full).*", "$1");
    assertThat(trial.run(command.split(" ")).exit()).isEqualTo(ExitCode.DONE);

    assertThat(trial.targetRows("select note from analytics.orders order by id"))
        .containsExactly(List.of("n1"), List.of("n2"));
  }
}
