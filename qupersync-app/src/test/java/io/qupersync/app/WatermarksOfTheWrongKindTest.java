package io.qupersync.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.interfaces.cli.ExitCode;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A `lookback`, `initial` or bound that the watermark's column has no use for. */
class WatermarksOfTheWrongKindTest {

  private static final String JOB =
      """
      builtin_jobs: false
      jobs:
        events:
          source: { table: public.events }
          target: analytics.events
          key: [id]
          watermark: %s
          schedule: manual
      """;

  private static final String RUNS = "select count(*) from quper.sync_logs";

  @TempDir static Path directory;
  private static Trial trial;

  @BeforeAll
  static void start() throws SQLException {
    trial = new Trial(directory);
    trial.atSource(
        """
        create table public.events (id bigint primary key, small smallint, amount numeric(8,2),
          at timestamp, zoned timestamptz, day date, name varchar(20))\
        """,
        "insert into public.events values (1, 1, 1.25, '2026-01-01', '2026-01-01', '2026-01-01', 'a')",
        "grant select on public.events to public");
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
        "{ column: at, lookback: 10 }        | lookback: a count goes back from a number, and watermark column 'at' is timestamp; write a duration such as 10m",
        "{ column: zoned, lookback: 1 }      | 'zoned' is timestamptz",
        "{ column: day, lookback: 10 }       | 'day' is date",
        "{ column: [day, id], lookback: 10 } | 'day' is date",
        "{ column: id, lookback: 5m }        | lookback: a duration goes back from a time, and watermark column 'id' is bigint; write a count such as 1000",
        "{ column: amount, lookback: 5m }    | 'amount' is numeric(8,2)",
        "{ column: name, lookback: 5m }      | lookback: nothing goes back from a text, and watermark column 'name' is varchar(20); remove it",
        "{ column: name, lookback: 10 }      | nothing goes back from a text",
        "{ column: id, initial: 30d }        | initial: a duration ago is a time, and watermark column 'id' is bigint; write a value of it",
        "{ column: name, initial: 30d }      | 'name' is varchar(20)",
        "{ column: id, initial: soon }       | initial: 'soon' is not a value of type bigint",
        "{ column: id, initial: 1.5 }        | '1.5' is not a value of type bigint",
        "{ column: id, initial: 9223372036854775808 } | is not a value of type bigint",
        "{ column: small, initial: 40000 }   | initial: '40000' is no value of column 'small', which is smallint",
        "{ column: amount, initial: 1.255 }  | '1.255' is no value of column 'amount', which is numeric(8,2)",
        "{ column: amount, initial: NaN }    | 'NaN' is no value of column 'amount'",
        "{ column: at, initial: yesterday }  | initial: 'yesterday' is not a time",
        "{ column: at, initial: 2026-02-30 } | '2026-02-30' is not a time",
        "{ column: day, initial: 4711 }      | '4711' is not a date",
      })
  void is_refused_before_the_first_row(String watermark, String message) throws SQLException {
    trial.file("qupersync.yaml", JOB.formatted(watermark));
    trial.atTarget("drop table if exists analytics.events");

    for (String command : List.of("plan", "check", "run")) {
      Trial.Ended ended =
          command.equals("check") ? trial.run("check") : trial.run(command, "events");

      assertThat(ended.exit()).as(command).isEqualTo(ExitCode.USAGE);
      assertThat(ended.out() + ended.err()).as(command).contains(message);
    }
    assertThat(trial.targetRows("select 1 from pg_class where relname = 'events'")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{ column: at }    | --from | abc",
        "{ column: at }    | --to   | 4711",
        "{ column: id }    | --from | 2026-01-01",
        "{ column: id }    | --to   | 1.5",
        "{ column: small } | --from | 70000",
        "{ column: day }   | --from | 2026-02-30",
        "{ column: day, lookback: 1d } | --from | abc",
        "{ column: day, initial: 2026-01-01 } | --to | 2025-12-31",
        "{ column: at }    | --from | 2099-01-01 --to 2098-01-01",
        "{ column: id }    | --from | 10 --to 9",
      })
  void bounds_of_a_backfill_are_refused_before_there_is_a_run(
      String watermark, String option, String value) throws SQLException {
    trial.file("qupersync.yaml", JOB.formatted(watermark));
    assertThat(trial.run("migrate").exit()).isEqualTo(ExitCode.DONE);
    List<List<String>> before = trial.targetRows(RUNS);

    Trial.Ended run =
        trial.run(
            Stream.concat(Stream.of("run", "events", option), Arrays.stream(value.split(" ")))
                .toArray(String[]::new));

    assertThat(run.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(run.out() + run.err()).contains(option);
    assertThat(trial.targetRows(RUNS)).isEqualTo(before);
  }

  @Test
  void a_lookback_of_nothing_fits_every_column() {
    for (String watermark :
        List.of(
            "{ column: at, lookback: 0 }",
            "{ column: name, lookback: 0 }",
            "{ column: id, lookback: 0s }")) {
      trial.file("qupersync.yaml", JOB.formatted(watermark));

      assertThat(trial.run("plan", "events").exit()).as(watermark).isEqualTo(ExitCode.DONE);
    }
  }
}
