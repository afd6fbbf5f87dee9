package io.qupersync.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.interfaces.cli.ExitCode;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A value that PostgreSQL writes in its own way is no difference. */
class VerifyingEveryTypeTest {

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
            schedule: manual
            columns:
              document: { type: jsonb }
              identity: { type: uuid }
              short: { type: char(20) }
        """);
    trial.atSource(
        """
        create table public.things (id int, padded char(10), short varchar(20), exact numeric(20,6),
          loose numeric, single real, twice double precision, day date, moment timestamp,
          instant timestamptz, clock time, zoned timetz, span interval, bytes bytea,
          document varchar(1000), identity varchar(50), truth boolean)\
        """,
        """
        insert into public.things values
          (1, 'ab', 'ab   ', 1.500000, 1.50, -0.0, 'NaN', '0044-03-15 BC', '0044-03-15 12:00 BC',
           '2026-01-01 00:00+05', '10:00:00.500', '10:00-05', '1 year 2 mons -3 days 04:05:06.7',
           '\\x00ff', '{"b": 1.0, "a": [true, null, 1e2], "c": "\\u00e9"}',
           'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', true),
          (2, '', '', 0, 'NaN', 'Infinity', '-Infinity', 'infinity', '-infinity', 'infinity',
           '24:00', '00:00:00+05:30', '0', '', '[]', '{a0eebc999c0b4ef8bb6d6bb9bd380a12}', false),
          (3, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
           null, null),
          (4, 'x', '🙂', -12345678901234.123456, 1e-20, 0.1, 1e300, '9999-12-31',
           '9999-12-31 23:59:59.999999', '0001-01-01 00:00+00', '23:59:59.999999', '23:59:59.9+14',
           '-1 day', '\\x01', '"text"', null, null)\
        """,
        "grant select on public.things to public");
  }

  @AfterAll
  static void stop() {
    trial.close();
  }

  @Test
  void finds_no_difference_where_there_is_none() throws SQLException {
    Trial.Ended run = trial.run("run", "things");
    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(ExitCode.DONE);

    Trial.Ended verified = trial.run("verify", "things");

    assertThat(trial.run("dead-letters", "list", "things").out()).contains("no dead letters");
    assertThat(verified.exit()).as(verified.out() + verified.err()).isEqualTo(ExitCode.DONE);
  }
}
