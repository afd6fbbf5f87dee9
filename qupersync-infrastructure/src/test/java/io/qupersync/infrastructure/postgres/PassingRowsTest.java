package io.qupersync.infrastructure.postgres;

import static io.qupersync.application.testkit.Columns.columns;
import static io.qupersync.application.testkit.Columns.row;
import static io.qupersync.application.testkit.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.testkit.ActiveRun;
import io.qupersync.application.testkit.PackingSide;
import io.qupersync.domain.job.ConflictPolicy;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.run.RunTally;
import io.qupersync.domain.table.Column;
import io.qupersync.infrastructure.fixture.PostgresSide;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Rows that reach the target as they were sent.
class PassingRowsTest {

  private static final SyncJob JOB = aJob().build();
  private static final List<Column> SOURCE = columns("id", "bigint", "note", "text");

  private PostgresSide side;

  @BeforeEach
  void open() {
    side = PostgresSide.open();
  }

  @AfterEach
  void close() {
    side.close();
  }

  @Test
  void an_empty_target_takes_rows_with_what_the_source_does_not_know() {
    SyncJob stamped = aJob().stampingSource("source_id").stampingTime("synced_at").build();
    try (var run = begin(stamped)) {
      assertThat(run.commit(row(1L, "tab\tand \\ slash"), row(2L, null)))
          .isEqualTo(new RunTally(2, 2, 0, 0, 0, 0, 0));
    }

    assertThat(side.value("select string_agg(source_id, ',') from analytics.orders"))
        .isEqualTo("here,here");
    assertThat(side.value("select note from analytics.orders where id = 1"))
        .isEqualTo("tab\tand \\ slash");
    assertThat(
            side.value(
                "select count(*) from analytics.orders where synced_at between now() - interval '1 hour' and now()"))
        .isEqualTo("2");
  }

  @Test
  void rows_go_straight_into_an_empty_target_and_by_the_stage_into_any_other() {
    side.execute("create schema analytics");
    side.execute("create table analytics.orders (id bigint primary key, note text)");
    side.execute("create table analytics.statements (sql text)");
    side.execute(
        """
        create function analytics.note_statement() returns trigger language plpgsql as $$
        begin
          insert into analytics.statements values (current_query());
          return null;
        end $$
        """);
    side.execute(
        "create trigger noted after insert on analytics.orders execute function analytics.note_statement()");

    try (var run = begin(JOB)) {
      run.commit(row(1L, "a"));
      run.commit(row(2L, "b"));
    }
    try (var run = begin(JOB)) {
      run.commit(row(3L, "c"));
    }

    assertThat(
            side.value(
                "select string_agg(substring(sql from '(copy|insert) '), ',') from analytics.statements"))
        .isEqualTo("copy,copy,insert");
  }

  @Test
  void a_key_that_someone_else_wrote_meanwhile_is_updated() {
    try (var run = begin(JOB)) {
      side.execute("insert into analytics.orders values (2, 'theirs')");

      assertThat(run.commit(row(1L, "a"), row(2L, "b")))
          .isEqualTo(new RunTally(2, 1, 1, 0, 0, 0, 0));
      assertThat(run.commit(row(3L, "c"))).isEqualTo(new RunTally(1, 1, 0, 0, 0, 0, 0));
    }
    assertThat(notes()).isEqualTo("a,b,c");
  }

  @Test
  void whoever_is_in_the_middle_of_writing_holds_nobody_up() throws SQLException {
    try (var run = begin(JOB);
        Connection other = side.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("insert into analytics.orders values (9, 'theirs')");

      assertThat(run.commit(row(1L, "a"), row(2L, "b")))
          .isEqualTo(new RunTally(2, 2, 0, 0, 0, 0, 0));
      other.commit();
    }
    assertThat(notes()).isEqualTo("a,b,theirs");
  }

  @Test
  void a_key_that_comes_again_in_a_later_batch_is_updated() {
    try (var run = begin(JOB)) {
      run.commit(row(1L, "old"), row(2L, "b"));
      assertThat(run.commit(row(1L, "new"))).isEqualTo(new RunTally(1, 0, 1, 0, 0, 0, 0));
    }
    assertThat(notes()).isEqualTo("new,b");
  }

  @Test
  void of_two_rows_with_one_key_the_later_wins_whichever_of_them_is_there() {
    for (String there : List.of("a", "b")) {
      side.execute("drop schema if exists analytics cascade");
      try (var run = begin(JOB)) {
        run.commit(row(1L, there), row(9L, "z"));
        assertThat(run.commit(row(1L, "b"), row(1L, "a")).duplicates()).isEqualTo(1);
      }
      assertThat(notes()).isEqualTo("a,z");
    }
  }

  @Test
  void rows_that_have_not_changed_are_not_even_locked() {
    Row[] rows = thousand("fine");
    try (var run = begin(JOB)) {
      run.commit(rows);
    }
    try (var run = begin(JOB)) {
      assertThat(run.commit(rows)).isEqualTo(new RunTally(1000, 0, 0, 1000, 0, 0, 0));
    }
    assertThat(side.value("select count(*) from analytics.orders where xmax <> 0")).isEqualTo("0");
  }

  @Test
  void a_change_is_found_among_rows_that_are_there() {
    Row[] rows = thousand("fine");
    try (var run = begin(JOB)) {
      run.commit(rows);
    }
    rows[499] = row(500L, null);
    SyncJob merging = aJob().onConflict(new ConflictPolicy.Merge()).build();
    try (var run = begin(merging)) {
      assertThat(run.commit(rows).unchanged()).isEqualTo(1000);
    }
    try (var run = begin(JOB)) {
      assertThat(run.commit(rows)).isEqualTo(new RunTally(1000, 0, 1, 999, 0, 0, 0));
    }
    assertThat(side.value("select count(*) from analytics.orders where note is null"))
        .isEqualTo("1");
  }

  @Test
  void a_row_the_target_refuses_becomes_a_dead_letter_and_the_others_arrive() {
    side.execute("create schema analytics");
    side.execute(
        "create table analytics.orders (id bigint primary key, note text check (note <> 'bad'))");
    Row[] rows = thousand("fine");
    rows[699] = row(700L, "bad");
    try (var run = begin(JOB)) {
      assertThat(run.commit(rows)).isEqualTo(new RunTally(1000, 999, 0, 0, 0, 1, 0));
      assertThat(run.commit(row(2000L, "good"))).isEqualTo(new RunTally(1, 1, 0, 0, 0, 0, 0));
    }
    assertThat(side.deadLetters().list(JOB.id(), 0, 10))
        .singleElement()
        .satisfies(letter -> assertThat(letter.values().get("id")).contains("700"));
  }

  @Test
  void rows_longer_than_a_piece_of_copy_arrive_whole() {
    String text = "größe \\ ".repeat(40_000);
    SyncJob stamped = aJob().stampingTime("synced_at").build();
    try (var run = begin(stamped)) {
      run.commit(row(1L, "x"), row(2L, text), row(3L, "y"));
    }
    assertThat(side.value("select note from analytics.orders where id = 2")).isEqualTo(text);
    assertThat(side.value("select count(*) from analytics.orders")).isEqualTo("3");
  }

  private ActiveRun begin(SyncJob job) {
    return ActiveRun.begin(new PackingSide(side), job, SOURCE);
  }

  private static Row[] thousand(String note) {
    return LongStream.rangeClosed(1, 1000).mapToObj(id -> row(id, note)).toArray(Row[]::new);
  }

  private String notes() {
    return side.value("select string_agg(note, ',' order by id) from analytics.orders");
  }
}
