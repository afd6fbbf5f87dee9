package io.qupersync.infrastructure.postgres;

import static io.qupersync.application.testkit.Columns.columns;
import static io.qupersync.application.testkit.Columns.row;
import static io.qupersync.application.testkit.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.port.BatchStep;
import io.qupersync.application.testkit.ActiveRun;
import io.qupersync.application.testkit.PackingSide;
import io.qupersync.application.testkit.TargetSide;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.run.RunTally;
import io.qupersync.domain.table.Column;
import io.qupersync.infrastructure.fixture.PostgresSide;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rows that do not fit until other rows have come, or changed.
class RefusedForOthersTest {

  private static final SyncJob JOB = aJob().build();
  private static final List<Column> SOURCE = columns("id", "bigint", "note", "text");
  private static final List<Column> TREE = columns("id", "bigint", "parent", "bigint");
  private static final BatchStep LAST = new BatchStep(100, Optional.empty());

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

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_unique_value_that_moves_to_an_earlier_row_is_written(boolean packed) {
    side.execute(
        "create table analytics.orders (id bigint primary key, note text unique);"
            + "insert into analytics.orders values (1, 'x'), (2, 'y')");
    try (var run = begin(packed, SOURCE)) {
      RunTally first = run.commit(row(1L, "y"));
      assertThat(first.skipped()).isEqualTo(1);
      run.commit(row(2L, "z"));
      assertThat(run.load().refusedForOthers()).isEqualTo(1);

      RunTally again = run.load().tryRefusedAgain(LAST);

      assertThat(again).isEqualTo(new RunTally(0, 0, 1, 0, 0, -1, 0));
      assertThat(side.runs().find(run.id()).orElseThrow().tally())
          .isEqualTo(new RunTally(2, 0, 2, 0, 0, 0, 0));
      assertThat(run.load().refusedForOthers()).isZero();
    }
    assertThat(state()).isEqualTo("1:y,2:z");
    assertThat(letters()).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_row_that_refers_to_a_later_batch_is_written(boolean packed) {
    tree();
    try (var run = begin(packed, TREE)) {
      run.commit(row(4L, 3L), row(3L, 1L));
      run.commit(row(2L, 1L), row(5L, 9L));
      run.commit(row(1L, null));
      assertThat(letters()).isEqualTo(4);

      run.load().tryRefusedAgain(LAST);
    }
    assertThat(state()).isEqualTo("1:-,2:1,3:1,4:3");
    // the parent of row 5 never came
    assertThat(letters()).isEqualTo(1);
  }

  @Test
  void a_row_whose_key_was_written_meanwhile_is_overtaken() {
    tree();
    try (var run = begin(false, TREE)) {
      run.commit(row(2L, 1L));
      run.commit(row(1L, null), row(2L, null));

      RunTally again = run.load().tryRefusedAgain(LAST);

      assertThat(again).isEqualTo(new RunTally(0, 0, 0, 0, 0, -1, 1));
    }
    assertThat(state()).isEqualTo("1:-,2:-");
    assertThat(letters()).isZero();
  }

  @Test
  void a_row_that_was_read_twice_and_still_does_not_fit_stays_a_letter() {
    tree();
    try (var run = begin(false, TREE)) {
      run.commit(row(2L, 9L));
      run.commit(row(2L, 9L));

      run.load().tryRefusedAgain(LAST);
    }
    assertThat(letters()).isEqualTo(1);
  }

  @Test
  void a_row_that_is_refused_for_what_is_in_it_is_not_tried_again() {
    side.execute(
        "create table analytics.orders (id bigint primary key, note text check (note <> 'bad'))");
    try (var run = begin(false, SOURCE)) {
      run.commit(row(1L, "bad"), row(2L, "good"));

      assertThat(run.load().refusedForOthers()).isZero();
    }
    assertThat(letters()).isEqualTo(1);
  }

  private void tree() {
    side.execute(
        "create table analytics.orders (id bigint primary key, parent bigint references analytics.orders)");
  }

  private ActiveRun begin(boolean packed, List<Column> source) {
    TargetSide target = packed ? new PackingSide(side) : side;
    return ActiveRun.begin(target, JOB, source);
  }

  private long letters() {
    return side.deadLetters().count(JOB.id());
  }

  private String state() {
    return side.value(
        "select string_agg(id || ':' || coalesce(to_jsonb(o) ->> 'note', to_jsonb(o) ->> 'parent', '-'), ',' order by id) from analytics.orders o");
  }
}
