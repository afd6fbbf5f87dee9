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
