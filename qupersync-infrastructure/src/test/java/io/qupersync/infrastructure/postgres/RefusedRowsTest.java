package io.qupersync.infrastructure.postgres;

import static io.qupersync.application.testkit.Columns.columns;
import static io.qupersync.application.testkit.Columns.row;
import static io.qupersync.application.testkit.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qupersync.application.port.PermanentFailure;
import io.qupersync.application.port.TransientFailure;
import io.qupersync.application.testkit.ActiveRun;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.row.DeadLetter;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.run.RunTally;
import io.qupersync.domain.table.Column;
import io.qupersync.infrastructure.fixture.PostgresSide;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Rows that only PostgreSQL refuses: each of its reasons, found among the good ones.
class RefusedRowsTest {

  private static final SyncJob JOB = aJob().build();
  private static final List<Column> SOURCE = columns("id", "bigint", "note", "text");

  private PostgresSide side;

  @BeforeEach
  void open() {
    side = PostgresSide.open();
    side.execute("create schema analytics");
  }

  @AfterEach
  void close() {
    side.close();
  }

  @Test
  void one_row_that_breaks_a_check_among_a_thousand() {
    target("id bigint primary key, note text check (note <> 'bad')");

    RunTally tally = write(thousandWith(700, "bad"));

    assertThat(tally).isEqualTo(new RunTally(1000, 999, 0, 0, 0, 1, 0));
    assertThat(count()).isEqualTo(999);
    assertThat(letter().values()).containsEntry("id", Optional.of("700"));
    assertThat(letter().reason()).contains("violates check constraint").contains("SQLSTATE 23514");
  }

  @Test
  void thousands_of_rows_in_one_transaction_exhaust_nothing_at_the_server() {
    target("id bigint primary key, note text check (note <> 'bad')");
    Row[] rows =
        LongStream.rangeClosed(1, 20_000)
            .mapToObj(id -> row(id, id <= 15_000 || id % 4 == 0 ? "bad" : "fine"))
            .toArray(Row[]::new);

    assertThat(write(rows)).isEqualTo(new RunTally(20_000, 3750, 0, 0, 0, 16_250, 0));
    assertThat(count()).isEqualTo(3750);
  }

  @Test
  void one_row_whose_parent_is_missing() {
    side.execute("create table analytics.parent (name text primary key)");
    side.execute("insert into analytics.parent values ('fine')");
    target("id bigint primary key, note text references analytics.parent");

    assertThat(write(thousandWith(1, "orphan")).skipped()).isEqualTo(1);
    assertThat(letter().reason()).contains("violates foreign key").doesNotContain("orphan");
  }

  @Test
  void one_row_whose_parent_is_asked_for_only_at_the_commit() {
    side.execute("create table analytics.parent (name text primary key)");
    side.execute("insert into analytics.parent values ('fine')");
    target(
        "id bigint primary key, note text references analytics.parent deferrable initially deferred");

    assertThat(write(thousandWith(1000, "orphan")))
        .isEqualTo(new RunTally(1000, 999, 0, 0, 0, 1, 0));
    assertThat(letter().values()).containsEntry("id", Optional.of("1000"));
  }

  @Test
  void a_row_that_takes_a_value_another_row_has() {
    target("id bigint primary key, note text unique");

    write(row(1L, "taken"));
    RunTally tally = write(row(2L, "taken"), row(3L, "free"));

    assertThat(tally).isEqualTo(new RunTally(2, 1, 0, 0, 0, 1, 0));
    assertThat(letter().reason()).contains("duplicate key value").doesNotContain("taken");
  }

  @Test
  void a_row_that_a_trigger_refuses() {
    target("id bigint primary key, note text");
    side.execute(
        """
        create function analytics.refuse() returns trigger language plpgsql as $$
        begin
          if new.note = 'bad' then raise exception 'we do not take this'; end if;
          return new;
        end $$
        """);
    side.execute(
        "create trigger refuse before insert on analytics.orders for each row execute function analytics.refuse()");

    assertThat(write(row(1L, "bad"), row(2L, "good")).inserted()).isEqualTo(1);
    assertThat(letter().reason()).contains("we do not take this").contains("P0001");
  }

  @Test
  void a_value_the_type_does_not_have_names_its_column_and_is_not_quoted() {
    side.execute("create type analytics.\"Mood\" as enum ('happy', 'sad')");
    target("id bigint primary key, note analytics.\"Mood\"");

    assertThat(write(row(1L, "happy"), row(2L, "hangry"), row(3L, "sad")).skipped()).isEqualTo(1);

    assertThat(letter().column()).contains("note");
    assertThat(letter().reason()).contains("invalid input value for enum").doesNotContain("hangry");
    assertThat(letter().values()).containsEntry("note", Optional.of("hangry"));
  }

  @Test
  void a_row_that_a_computed_column_cannot_read_whatever_class_it_says() {
    target(
        "id bigint primary key, note text, words tsquery generated always as (note::tsquery) stored");

    // a syntax error, as of a wrong statement
    assertThat(write(thousandWith(500, "secret &")))
        .isEqualTo(new RunTally(1000, 999, 0, 0, 0, 1, 0));
    assertThat(letter().values()).containsEntry("id", Optional.of("500"));
    assertThat(letter().reason()).contains("SQLSTATE 42601").doesNotContain("secret");
  }

  @Test
  void a_row_that_a_constraint_cannot_read_even_when_it_is_alone() {
    target("id bigint primary key, note text check (note::tsquery is not null)");

    assertThat(write(row(1L, "secret &")).skipped()).isEqualTo(1);
    assertThat(write(row(1L, "secret &"), row(2L, "fine")).inserted()).isEqualTo(1);
    assertThat(letter().reason()).contains("SQLSTATE 42601").doesNotContain("secret");
  }

  @Test
  void what_refuses_each_row_fails_the_run_and_is_not_tried_row_by_row() {
    target("id bigint primary key, note text");
    side.execute(
        """
        create sequence analytics.calls;
        create function analytics.audit() returns trigger language plpgsql as $$
        begin
          perform nextval('analytics.calls');
          insert into analytics.dropped values (new.note);
          return new;
        end $$;
        create trigger audit before insert on analytics.orders for each row execute function analytics.audit()
        """);

    assertThatThrownBy(() -> write(thousandWith(1, "secret")))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("does not exist")
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> write(row(1L, "secret"), row(2L, "x")))
        .isInstanceOf(PermanentFailure.class);
    assertThat(side.deadLetters().count(JOB.id())).isZero();
    assertThat(Long.parseLong(side.value("select last_value from analytics.calls")))
        .isLessThan(100);
  }

  @Test
  void a_table_that_goes_away_fails_the_run_at_once() {
    target("id bigint primary key, note text");
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      run.commit(row(1L, "fine"));
      run.commit(thousandWith(1, "fine"));
      side.execute("alter table analytics.orders rename to gone");

      assertThatThrownBy(() -> run.commit(thousandWith(1, "secret")))
          .isInstanceOf(PermanentFailure.class)
          .hasMessageContaining("\"analytics.orders\" does not exist");
    }
    assertThat(side.deadLetters().count(JOB.id())).isZero();
  }

  @Test
  void the_first_of_two_failures_is_told() {
    target("id bigint primary key, note text");
    side.execute(
        """
        create function analytics.refuse() returns trigger language plpgsql as $$
        begin
          raise exception 'this feature is not there' using errcode = '0A000';
        end $$;
        create trigger refuse before insert on analytics.orders for each row execute function analytics.refuse();
        insert into analytics.orders select where false
        """);
    side.execute("alter table analytics.orders disable trigger refuse");
    side.execute("insert into analytics.orders values (0, 'there')");
    side.execute("alter table analytics.orders enable trigger refuse");

    // some are taken one by one, none of them here
    assertThatThrownBy(() -> write(thousandWith(1, "x")))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("this feature is not there")
        .hasMessageNotContaining("closed");
  }

  @Test
  void a_null_the_target_does_not_take() {
    target("id bigint primary key, note text not null");

    assertThat(write(row(1L, null), row(2L, "good")).inserted()).isEqualTo(1);
    assertThat(letter().column()).contains("note");
  }

  @Test
  void a_key_too_long_for_an_index() {
    target("id bigint primary key, note text");
    side.execute("create index on analytics.orders (note)");
    String incompressible =
        LongStream.range(0, 4000)
            .mapToObj(i -> Long.toHexString(i * 0x9E3779B97F4A7C15L))
            .reduce("", String::concat);

    assertThat(write(row(1L, incompressible), row(2L, "short")).inserted()).isEqualTo(1);
    assertThat(letter().reason()).contains("54000");
  }

  @Test
  void half_a_surrogate_pair_is_refused_and_not_turned_into_a_question_mark() {
    target("id bigint primary key, note text");

    assertThat(write(row(1L, "a\uD83D"), row(2L, "\uDE00b"), row(3L, "\uD83D\uDE00")).skipped())
        .isEqualTo(2);

    assertThat(side.deadLetters().list(JOB.id(), 0, 10))
        .extracting(letter -> letter.values().get("note").orElseThrow())
        .containsExactly("a\uD83D", "\uDE00b");
  }

  @Test
  void a_nul_survives_in_the_dead_letter() {
    target("id bigint primary key, note text");

    write(row(1L, "N\0L\u0001\\ \"q\" \n"), row(2L, "good"));

    assertThat(letter().values()).containsEntry("note", Optional.of("N\0L\u0001\\ \"q\" \n"));
  }

  @Test
  void a_row_of_many_megabytes_is_kept_in_part() {
    target("id bigint primary key, note text check (length(note) < 10)");
    String long1 = "x".repeat(3_000_000);

    write(row(1L, long1), row(2L, long1 + "y"));

    assertThat(side.deadLetters().list(JOB.id(), 0, 10))
        .hasSize(2)
        .allSatisfy(letter ->
            assertThat(letter.values().get("note").orElseThrow())
                .startsWith("xxx")
                .contains("cut here, 300000")
                .hasSizeLessThan(70_000))
        .noneMatch(DeadLetter::complete);
  }

  @Test
  void large_letters_come_a_few_at_a_time() {
    target("id bigint primary key, note text check (length(note) < 10)");
    write(
        LongStream.range(0, 20).mapToObj(id -> row(id, "x".repeat(1_000_000))).toArray(Row[]::new));

    var ids = new ArrayList<Long>();
    int pages = 0;
    for (List<DeadLetter> page = side.deadLetters().list(JOB.id(), 0, 1000);
        !page.isEmpty();
        page = side.deadLetters().list(JOB.id(), ids.getLast(), 1000)) {
      assertThat(page).allMatch(DeadLetter::complete).hasSizeLessThan(6);
      page.forEach(letter -> ids.add(letter.id()));
      pages++;
    }

    assertThat(ids).hasSize(20).doesNotHaveDuplicates();
    assertThat(pages).isEqualTo(4);
  }

  @Test
  void two_spellings_of_one_key_are_both_taken_the_later_one_last() {
    side.execute("create extension citext");
    side.execute("create table analytics.orders (id citext primary key, note text)");

    SyncJob job = aJob().build();
    List<Column> source = columns("id", "text", "note", "text");
    try (var run = ActiveRun.begin(side, job, source)) {
      RunTally tally = run.commit(row("a", "first"), row("B", "other"), row("A", "second"));

      assertThat(tally).isEqualTo(new RunTally(3, 2, 0, 0, 0, 0, 1));
    }
    assertThat(side.value("select id || note from analytics.orders where id = 'a'"))
        .isEqualTo("Asecond");
    assertThat(side.deadLetters().count(job.id())).isZero();
  }

  @Test
  void every_row_of_a_thousand_is_refused_within_seconds() {
    target("id bigint primary key, note text check (note <> 'fine')");

    assertThat(write(thousandWith(1, "bad"))).isEqualTo(new RunTally(1000, 1, 0, 0, 0, 999, 0));
    assertThat(side.deadLetters().count(JOB.id())).isEqualTo(999);
  }

  @Test
  void a_mirror_that_cannot_read_a_key_deletes_nothing() {
    SyncJob mirror = aJob().mirroring().typing("id", "uuid").build();
    List<Column> source = columns("id", "text", "note", "text");
    String known = "6f1c9f8e-0d2f-4c57-9a6e-3f4f0a1b2c3d";
    try (var run = ActiveRun.begin(side, mirror, source)) {
      run.commit(row(known, "a"));
      assertThat(run.deleteUnseen()).isZero();
    }
    try (var run = ActiveRun.begin(side, mirror, source)) {
      run.commit(row("once a uuid, now who knows", "a"));
      assertThat(run.deleteUnseen()).isZero();
    }
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void a_connection_that_breaks_while_the_culprit_is_sought_makes_no_dead_letters() {
    target("id bigint primary key, note text");
    side.execute(
        """
        create function analytics.die() returns trigger language plpgsql as $$
        begin
          if new.note = 'bad' then raise exception 'no'; end if;
          if new.note = 'die' then perform pg_terminate_backend(pg_backend_pid()); end if;
          return new;
        end $$
        """);
    side.execute(
        "create trigger die before insert on analytics.orders for each row execute function analytics.die()");

    assertThatThrownBy(() -> write(row(1L, "bad"), row(2L, "good"), row(3L, "die")))
        .isInstanceOf(TransientFailure.class);

    assertThat(side.deadLetters().count(JOB.id())).isZero();
    assertThat(count()).isZero();
  }

  private void target(String columns) {
    side.execute("create table analytics.orders (%s)".formatted(columns));
  }

  private static Row[] thousandWith(long id, String note) {
    return LongStream.rangeClosed(1, 1000)
        .mapToObj(i -> row(i, i == id ? note : "fine"))
        .toArray(Row[]::new);
  }

  private RunTally write(Row... rows) {
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      return run.commit(rows);
    }
  }

  private long count() {
    return Long.parseLong(side.value("select count(*) from analytics.orders"));
  }

  private DeadLetter letter() {
    return side.deadLetters().list(JOB.id(), 0, 10).getFirst();
  }
}
