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

/// What PostgreSQL holds equal and writes differently is copied, and is a difference to `verify`.
class VerifyingValuesHeldEqualTest {

  private static final String WRITTEN =
      "select num, fixed, fl, re, js, sp, ci, arr from analytics.things order by id";

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
          things:
            source: { table: public.things }
            target: analytics.things
            key: [id]
            mode: upsert
            schedule: manual
        """);
    trial.atTarget(
        "create extension if not exists citext schema public",
        "create schema analytics",
        """
        create table analytics.things (id numeric primary key, num numeric, fixed numeric(10,4),
          fl double precision, re real, js jsonb, sp interval, ci public.citext, arr numeric[])\
        """);
    trial.atSource(
        """
        create table public.things (id numeric(10,2), num numeric(10,2), fixed numeric(10,2),
          fl double precision, re real, js varchar(100), sp interval, ci varchar(10), arr varchar(10))\
        """,
        """
        insert into public.things values
          (1, 1.5, 1.5, '-0', '-0', '{"a": 1.00}', '24:00:00', 'Ada', '{1.50}'),
          (2, 0, 0, 0.0, 'NaN', '[1e2, -0.0]', '1 day', 'ada', '{0}')\
        """,
        "grant select on public.things to public");
  }

  @AfterAll
  static void stop() {
    trial.close();
  }

  @Test
  void are_copied_verified_and_repaired_as_they_are_written() throws SQLException {
    done(trial.run("run", "things"));
    List<List<String>> written = trial.targetRows(WRITTEN);
    assertThat(written.getFirst())
        .containsExactly(
            "1.50", "1.5000", "-0", "-0", "{\"a\": 1.00}", "24:00:00", "Ada", "{1.50}");
    done(trial.run("verify", "things"));

    trial.atTarget(
        """
        update analytics.things set num = 1.5, fl = 0, re = 0, js = '{"a": 1.0}', sp = '1 day',
          ci = 'ada', arr = '{1.5}' where id = 1\
        """);
    Trial.Ended verified = trial.run("verify", "things");
    assertThat(verified.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(verified.out()).contains("differs in num, fl, re, js, sp, ci, arr");
    assertThat(trial.run("explain", "things", "--key", "1").out()).contains("num, fl, re, js");

    Trial.Ended repaired = trial.run("verify", "things", "--repair");

    assertThat(repaired.out()).contains("same, repaired", "1 updated");
    assertThat(trial.targetRows(WRITTEN)).isEqualTo(written);
    done(trial.run("verify", "things"));
  }

  @Test
  void a_key_that_is_written_anew_is_the_same_row_and_a_difference() throws SQLException {
    done(trial.run("run", "things"));
    trial.atTarget("update analytics.things set id = 2.0 where id = 2");

    Trial.Ended verified = trial.run("verify", "things");
    assertThat(verified.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(verified.out())
        .contains("differs in id")
        .doesNotContain("is missing", "target only");

    done(trial.run("run", "things"));
    assertThat(trial.targetRows("select id from analytics.things where id = 2"))
        .containsExactly(List.of("2.00"));
    done(trial.run("verify", "things"));
  }

  private static void done(Trial.Ended ended) {
    assertThat(ended.exit()).as(ended.out() + ended.err()).isEqualTo(ExitCode.DONE);
  }
}
