package io.qupersync.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.interfaces.cli.ExitCode;
import io.qupersync.sandbox.relay.ArmedFault;
import io.qupersync.sandbox.relay.Fault;
import io.qupersync.sandbox.standin.ReadOnlyRefusal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole program whose source refuses the usual way of reading, for good. */
class SourceRefusesTest {

  @TempDir static Path directory;
  private static Trial trial;

  @BeforeAll
  static void start() throws SQLException {
    trial = new Trial(directory);
  }

  @AfterAll
  static void stop() {
    trial.close();
  }

  @BeforeEach
  void twoThousandVisits() throws SQLException {
    trial.source().faults().calm();
    trial.atTarget("drop schema if exists visited cascade", "drop schema if exists quper cascade");
    trial.atSource(
        "drop table if exists public.visits_stored cascade",
        "drop table if exists public.visits cascade",
        "create table public.visits (id bigint, at timestamp)",
        "insert into public.visits select n, timestamp '2026-01-01' + n / 3 * interval '1 second' from generate_series(1, 2000) n",
        "grant select on public.visits to public");
  }

  private static void jobs(String source, String rest) {
    trial.file(
        "qupersync.yaml",
        """
        builtin_jobs: false
        %s
        jobs:
          visits: { source: { table: public.visits }, target: visited.visits, key: [id], schedule: manual, batch_size: 100%s }
        """
            .formatted(source, rest));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ", watermark: { column: at, lookback: 5m }",
        ", mode: mirror",
        ", parallel: 3"
      })
  void rows_arrive_although_every_portal_is_lost_and_the_run_says_so(String rest)
      throws SQLException {
    jobs("", rest);
    ArmedFault lost = trial.source().faults().arm(Fault.lostPortal().forGood());

    Trial.Ended run = trial.run("run", "visits", "--json");

    assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.out())
        .contains("\"rows_extracted\": 2000")
        .contains("loses its portals")
        .contains("\"attempts\": 1");
    assertThat(lost.struck()).isPositive();
    assertThat(trial.targetRows("select count(*), count(distinct id) from visited.visits"))
        .containsExactly(List.of("2000", "2000"));
  }

  @ParameterizedTest
  @EnumSource(ReadOnlyRefusal.class)
  void rows_arrive_that_cannot_be_read_in_a_read_only_transaction(ReadOnlyRefusal why)
      throws SQLException {
    jobs("", "");
    trial.source().refuseReadOnly("public", "visits", why);

    Trial.Ended run = trial.run("run", "visits", "--json");

    assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.out()).contains("\"rows_extracted\": 2000").contains("\"remark\": null");
  }

  @Test
  void a_source_said_to_be_read_only_is_read_all_the_same_with_a_remark() throws SQLException {
    jobs("source: { read_only: true }", "");
    trial.source().refuseReadOnly("public", "visits", ReadOnlyRefusal.EXTERNAL_TABLE);

    Trial.Ended run = trial.run("run", "visits", "--json");

    assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.out()).contains("\"rows_extracted\": 2000").contains("read-write transaction");
  }

  @Test
  void a_query_that_writes_is_a_problem_of_the_file() {
    trial.file(
        "qupersync.yaml",
        """
        builtin_jobs: false
        jobs:
          visits:
            source: { query: "with gone as (delete from public.visits returning id) select id from gone" }
            target: visited.visits
            key: [id]
        """);

    Trial.Ended told = trial.run("validate");

    assertThat(told.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(told.err() + told.out())
        .contains("qupersync.yaml:4")
        .contains("one statement that only reads");
  }
}
