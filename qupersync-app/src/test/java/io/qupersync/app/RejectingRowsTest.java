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

/** Rows that cannot be written, each for another reason, among many that can. */
class RejectingRowsTest {

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
            target: people
            key: [id]
            schedule: manual
            columns:
              e_mail: { from: email, required: true, normalize: [trim, lower] }
              age: { type: smallint }
              city: { default: nowhere }
          seats:
            source: { table: public.seats }
            target: seats
            key: [id]
            batch_size: 1
            max_transaction_rows: 1
            max_rejected: 0
            schedule: manual
          strict_people:
            source: { table: public.people }
            target: strict_people
            key: [id]
            max_rejected: 1
            schedule: manual
            columns: { email: { required: true } }
        """);
    trial.atSource(
        "create table public.people (id int, email text, age int, city text)",
        "insert into public.people select i, ' Ann' || i || '@Example.org ', i % 90, 'Oslo' from generate_series(1, 50) i",
        "update public.people set email = null where id in (7, 9)",
        "update public.people set age = 40000 where id = 8",
        "update public.people set city = null where id = 1",
        "grant select on public.people to public",
        "create table public.seats (id int, seat text)",
        "insert into public.seats values (1, 'window'), (2, 'aisle')",
        "grant select on public.seats to public");
  }

  @AfterAll
  static void stop() {
    trial.close();
  }

  @BeforeEach
  void nothingInTheTarget() throws SQLException {
    trial.atTarget("drop schema if exists quper cascade");
  }

  @Test
  void puts_them_aside_with_their_values_and_the_reason_and_writes_the_others()
      throws SQLException {
    Trial.Ended run = trial.run("run", "people", "--json");

    assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.out()).contains("\"rows_skipped\": 3", "\"rows_inserted\": 47");
    assertThat(
            trial.targetRows(
                """
                select sync_job_id, column_name, reason, row_values ->> 'id', row_values ->> 'age'
                from quper.dead_letters where sync_job_id = 'people' order by 4\
                """))
        .containsExactly(
            List.of("people", "e_mail", "a value is required", "7", "7"),
            List.of("people", "age", "the number is out of range for smallint", "8", "40000"),
            List.of("people", "e_mail", "a value is required", "9", "9"));
    assertThat(trial.targetRows("select e_mail, age, city from quper.people where id in (1, 2)"))
        .containsExactlyInAnyOrder(
            List.of("ann1@example.org", "1", "nowhere"), List.of("ann2@example.org", "2", "Oslo"));
  }

  @Test
  void tells_the_same_row_once_however_often_it_is_met() throws SQLException {
    trial.run("run", "people");
    trial.run("run", "people");

    assertThat(
            trial.targetRows(
                "select count(*), min(occurrences) > 1 from quper.dead_letters where sync_job_id = 'people'"))
        .containsExactly(List.of("3", "t"));
  }

  @Test
  void says_how_many_rows_a_trigger_of_the_target_let_go() throws SQLException {
    trial.run("run", "people");
    trial.atTarget(
        "delete from quper.people where id in (1, 2)",
        "create function quper.swallow() returns trigger language plpgsql as 'begin return null; end'",
        "create trigger swallow before insert on quper.people for each row execute function quper.swallow()");

    Trial.Ended run = trial.run("run", "people", "--json");

    assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.out())
        .contains("\"rows_inserted\": 0", "\"rows_unchanged\": 45")
        .contains("a trigger of quper.people let 2 rows go: nobody wrote them");
  }

  @Test
  void writes_a_unique_value_that_moves_to_a_row_read_before_the_one_that_had_it()
      throws SQLException {
    trial.run("run", "seats");
    trial.atTarget("alter table quper.seats add unique (seat)");
    trial.atSource(
        "update public.seats set seat = 'aisle' where id = 1",
        "update public.seats set seat = 'door' where id = 2");

    Trial.Ended run = trial.run("run", "seats", "--json");

    assertThat(run.exit()).as(run.err() + run.out()).isEqualTo(ExitCode.DONE);
    assertThat(run.out()).contains("\"rows_updated\": 2", "\"rows_skipped\": 0");
    assertThat(trial.targetRows("select id, seat from quper.seats order by 1"))
        .containsExactly(List.of("1", "aisle"), List.of("2", "door"));
    assertThat(trial.targetRows("select count(*) from quper.dead_letters"))
        .containsExactly(List.of("0"));
  }

  @Test
  void fails_a_run_that_rejects_more_than_the_job_allows() {
    Trial.Ended run = trial.run("run", "strict_people");

    assertThat(run.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(run.out()).contains("2 rows were rejected, and max_rejected is 1");
  }
}
