package io.qupersync.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.interfaces.cli.ExitCode;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `verify` judges rows of one key by what they come to, whoever holds the keys to be one.
class VerifyingRowsOfOneKeyTest {

  @TempDir static Path directory;
  private static Trial trial;

  @BeforeAll
  static void start() throws SQLException {
    trial = new Trial(directory);
    trial.file(
        "qupersync.yaml",
        """
        builtin_jobs: false
        jobs:
          people:
            source: { table: public.people }
            target: analytics.people
            key: [name]
            mode: upsert
            conflict: latest-wins(seq)
            schedule: manual
        """);
  }

  @AfterAll
  static void stop() {
    trial.close();
  }

  @BeforeEach
  void people() throws SQLException {
    trial.atTarget(
        "drop schema if exists quper cascade",
        "create extension if not exists citext schema public",
        "drop schema if exists analytics cascade",
        "create schema analytics",
        "create table analytics.people (name public.citext primary key, seq int, note text)");
    trial.atSource(
        "drop table if exists public.people",
        "create table public.people (name varchar(20), seq int, note varchar(20))",
        "insert into public.people values ('ada', 9, 'newest'), ('ada', 3, 'oldest'), ('Bob', 1, 'first'), ('BOB', 2, 'last'), ('bob', 0, 'late')",
        "grant select on public.people to public");
  }

  @Test
  void finds_nothing_amiss_after_a_run() throws SQLException {
    Trial.Ended run = trial.run("run", "people");
    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(ExitCode.DONE);
    assertThat(trial.targetRows("select name, seq, note from analytics.people order by 1"))
        .containsExactly(List.of("ada", "9", "newest"), List.of("BOB", "2", "last"));

    Trial.Ended verified = trial.run("verify", "--json");

    assertThat(verified.exit()).as(verified.out() + verified.err()).isEqualTo(ExitCode.DONE);
    assertThat(verified.out()).contains("\"source_rows\": 2", "\"target_rows\": 2");
    assertThat(trial.run("verify", "--repair").out()).doesNotContain("repaired");
  }

  @Test
  void finds_the_row_that_should_have_lost_and_repairs_it() throws SQLException {
    trial.run("run", "people");
    trial.atTarget(
        "update analytics.people set seq = 1, note = 'first', name = 'Bob' where name = 'bob'");

    Trial.Ended verified = trial.run("verify", "people");
    assertThat(verified.exit()).as(verified.out()).isEqualTo(ExitCode.FAILED);
    assertThat(verified.out())
        .contains("key BOB differs in name")
        .doesNotContain("is missing", "target only");

    Trial.Ended repaired = trial.run("verify", "people", "--repair");

    assertThat(repaired.exit()).as(repaired.out() + repaired.err()).isEqualTo(ExitCode.DONE);
    assertThat(repaired.out()).contains("same, repaired", "1 updated");
    assertThat(trial.targetRows("select name, seq, note from analytics.people order by 1"))
        .containsExactly(List.of("ada", "9", "newest"), List.of("BOB", "2", "last"));
  }
}
