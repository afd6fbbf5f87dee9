package io.qupersync.application.testkit;

import static io.qupersync.application.testkit.Columns.at;
import static io.qupersync.application.testkit.Columns.columns;
import static io.qupersync.application.testkit.Columns.row;
import static io.qupersync.application.testkit.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qupersync.application.port.PermanentFailure;
import io.qupersync.domain.job.ConflictPolicy;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.run.RunTally;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.TableRef;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [io.qupersync.application.port.RowTarget] promises of rows that meet rows: modes,
/// conflict policies, and what is counted as what.
public abstract class UpsertContract {

  private static final TableRef TABLE = TableRef.of("analytics", "orders");
  private static final List<Column> SOURCE =
      columns("id", "bigint", "name", "text", "amount", "numeric(18,4)", "updated_at", "timestamp");

  private TargetSide side;

  protected abstract TargetSide open();

  @BeforeEach
  void begin() {
    side = open();
  }

  @AfterEach
  void end() {
    side.close();
  }

  @Test
  void counts_rows_as_inserted_updated_or_unchanged() {
    write(aJob().build(), order(1, "Ada", "1"), order(2, "Bob", "2"));

    RunTally tally =
        write(aJob().build(), order(1, "Ada", "1"), order(2, "Bob", "9"), order(3, "Cy", "3"));

    assertThat(tally).isEqualTo(new RunTally(3, 1, 1, 1, 0, 0, 0));
    assertThat(names()).containsExactlyInAnyOrder("1 Ada 1.0000", "2 Bob 9.0000", "3 Cy 3.0000");
  }

  @Test
  void repeating_rows_changes_none() {
    Row[] rows = {order(1, "Ada", "1"), order(2, null, null)};
    write(aJob().build(), rows);

    assertThat(write(aJob().build(), rows)).isEqualTo(new RunTally(2, 0, 0, 2, 0, 0, 0));
  }

  @Test
  void a_value_that_becomes_null_and_back_is_a_change() {
    write(aJob().build(), order(1, "Ada", "1"));

    assertThat(write(aJob().build(), order(1, null, "1")).updated()).isEqualTo(1);
    assertThat(names()).containsExactly("1 - 1.0000");
    assertThat(write(aJob().build(), order(1, "Ada", "1")).updated()).isEqualTo(1);
    assertThat(names()).containsExactly("1 Ada 1.0000");
  }

  @Test
  void the_later_of_two_rows_of_one_key_is_written() {
    RunTally tally = write(aJob().build(), order(1, "Ada", "1"), order(1, "Bob", "2"));

    assertThat(tally).isEqualTo(new RunTally(2, 1, 0, 0, 0, 0, 1));
    assertThat(names()).containsExactly("1 Bob 2.0000");
  }

  @Test
  void a_later_batch_meets_the_rows_of_an_earlier_one() {
    try (var run = ActiveRun.begin(side, aJob().build(), SOURCE)) {
      assertThat(run.commit(order(1, "Ada", "1")).inserted()).isEqualTo(1);
      assertThat(run.commit(order(1, "Bob", "1")).updated()).isEqualTo(1);
      assertThat(run.commit(order(1, "Bob", "1")).unchanged()).isEqualTo(1);
    }
  }

  @Test
  void keys_are_equal_as_the_database_sees_it() {
    List<Column> source = columns("id", "numeric(10,2)", "name", "text");
    try (var run = ActiveRun.begin(side, aJob().build(), source)) {
      run.commit(row(new BigDecimal("1.0"), "Ada"));
      assertThat(run.commit(row(new BigDecimal("1.00"), "Bob")).updated()).isEqualTo(1);
    }
    assertThat(side.rows(TABLE)).hasSize(1);
  }

  @Test
  void a_key_may_have_several_columns() {
    SyncJob job = aJob().keyedOn("id", "name").build();

    write(job, order(1, "Ada", "1"), order(1, "Bob", "2"));
    RunTally tally = write(job, order(1, "Bob", "3"), order(2, "Ada", "4"));

    assertThat(tally).isEqualTo(new RunTally(2, 1, 1, 0, 0, 0, 0));
    assertThat(names()).containsExactlyInAnyOrder("1 Ada 1.0000", "1 Bob 3.0000", "2 Ada 4.0000");
  }

  @Test
  void a_table_that_is_all_key_is_never_updated() {
    SyncJob job = aJob().keyedOn("id", "name", "amount", "updated_at").build();

    write(job, order(1, "Ada", "1"));

    assertThat(write(job, order(1, "Ada", "1"))).isEqualTo(new RunTally(1, 0, 0, 1, 0, 0, 0));
  }

  @Test
  void source_wins_replaces_with_nulls_too() {
    write(aJob().build(), order(1, "Ada", "1"));

    write(aJob().onConflict(new ConflictPolicy.SourceWins()).build(), order(1, null, "2"));

    assertThat(names()).containsExactly("1 - 2.0000");
  }

  @Test
  void target_wins_inserts_only() {
    SyncJob job = aJob().onConflict(new ConflictPolicy.TargetWins()).build();
    write(job, order(1, "Ada", "1"));

    RunTally tally = write(job, order(1, "Bob", "2"), order(2, "Cy", "3"));

    assertThat(tally).isEqualTo(new RunTally(2, 1, 0, 1, 0, 0, 0));
    assertThat(names()).containsExactlyInAnyOrder("1 Ada 1.0000", "2 Cy 3.0000");
  }

  @Test
  void append_never_touches_a_row_that_is_there() {
    write(aJob().appending().build(), order(1, "Ada", "1"));

    RunTally tally = write(aJob().appending().build(), order(1, "Bob", "2"), order(2, "Cy", "3"));

    assertThat(tally).isEqualTo(new RunTally(2, 1, 0, 1, 0, 0, 0));
    assertThat(names()).containsExactlyInAnyOrder("1 Ada 1.0000", "2 Cy 3.0000");
  }

  @Test
  void latest_wins_keeps_the_row_with_the_higher_value_and_takes_the_source_on_a_tie() {
    SyncJob job = aJob().onConflict(new ConflictPolicy.LatestWins("updated_at")).build();
    write(
        job,
        order(1, "Ada", "08:00:00", "1"),
        order(2, "Bob", "08:00:00", "1"),
        order(3, "Cy", "08:00:00", "1"));

    RunTally tally =
        write(
            job,
            order(1, "older", "07:59:59.999999", "2"),
            order(2, "same", "08:00:00", "2"),
            order(3, "newer", "08:00:00.000001", "2"));

    assertThat(tally).isEqualTo(new RunTally(3, 0, 2, 1, 0, 0, 0));
    assertThat(names())
        .containsExactlyInAnyOrder("1 Ada 1.0000", "2 same 2.0000", "3 newer 2.0000");
  }

  @Test
  void latest_wins_takes_the_source_against_null_and_never_a_null_against_a_value() {
    SyncJob job = aJob().onConflict(new ConflictPolicy.LatestWins("updated_at")).build();
    write(job, order(1, "Ada", null, "1"), order(2, "Bob", "08:00:00", "1"));

    RunTally tally = write(job, order(1, "newer", "08:00:00", "2"), order(2, "unknown", null, "2"));

    assertThat(tally).isEqualTo(new RunTally(2, 0, 1, 1, 0, 0, 0));
    assertThat(names()).containsExactlyInAnyOrder("1 newer 2.0000", "2 Bob 1.0000");
  }

  @Test
  void merge_keeps_what_the_source_does_not_know() {
    SyncJob job = aJob().onConflict(new ConflictPolicy.Merge()).build();
    write(job, order(1, "Ada", "1"), order(2, null, "2"));

    RunTally tally = write(job, order(1, null, "9"), order(2, null, null));

    assertThat(tally).isEqualTo(new RunTally(2, 0, 1, 1, 0, 0, 0));
    assertThat(names()).containsExactlyInAnyOrder("1 Ada 9.0000", "2 - 2.0000");
  }

  @Test
  void update_columns_are_the_only_ones_that_change() {
    SyncJob job = aJob().updatingOnly("amount").build();
    write(job, order(1, "Ada", "1"), order(2, "Bob", "2"));

    RunTally tally = write(job, order(1, "Eve", "9"), order(2, "Eve", "2"));

    assertThat(tally).isEqualTo(new RunTally(2, 0, 1, 1, 0, 0, 0));
    assertThat(names()).containsExactlyInAnyOrder("1 Ada 9.0000", "2 Bob 2.0000");
  }

  @Test
  void the_time_stamp_moves_with_real_changes_only() {
    SyncJob job = aJob().stampingTime("synced_at").build();
    write(job, order(1, "Ada", "1"));
    Optional<String> inserted = stamp();

    side.elapse(ActiveRun.LEASE_TIME);
    write(job, order(1, "Ada", "1"));
    assertThat(stamp()).isEqualTo(inserted);

    write(job, order(1, "Bob", "1"));
    assertThat(stamp()).isPresent().isNotEqualTo(inserted);
  }

  @Test
  void a_mirror_deletes_what_it_did_not_see() {
    SyncJob job = aJob().mirroring().build();
    mirror(job, order(1, "Ada", "1"), order(2, "Bob", "2"), order(3, "Cy", "3"));

    assertThat(mirror(job, order(3, "Cy", "3"), order(1, "Ada", "7"))).isEqualTo(1);

    assertThat(names()).containsExactlyInAnyOrder("1 Ada 7.0000", "3 Cy 3.0000");
  }

  @Test
  void a_mirror_that_saw_everything_deletes_nothing() {
    SyncJob job = aJob().mirroring().build();
    mirror(job, order(1, "Ada", "1"));

    assertThat(mirror(job, order(1, "Ada", "1"))).isZero();
  }

  @Test
  void a_mirror_of_nothing_deletes_everything() {
    SyncJob job = aJob().mirroring().build();
    mirror(job, order(1, "Ada", "1"), order(2, "Bob", "2"));

    assertThat(mirror(job)).isEqualTo(2);
    assertThat(names()).isEmpty();
  }

  @Test
  void a_mirror_deletes_no_more_than_it_may() {
    SyncJob job = aJob().mirroring().build();
    mirror(job, order(1, "Ada", "1"), order(2, "Bob", "2"), order(3, "Cy", "3"));

    try (var run = ActiveRun.begin(side, job, SOURCE)) {
      run.commit(order(1, "Eve", "1"));
      assertThatThrownBy(() -> run.load().deleteUnseen(66))
          .isInstanceOfSatisfying(
              PermanentFailure.class,
              failure -> assertThat(failure.kind()).isEqualTo(FailureKind.TOO_MANY_DELETES));
    }
    assertThat(names()).containsExactlyInAnyOrder("1 Eve 1.0000", "2 Bob 2.0000", "3 Cy 3.0000");

    try (var run = ActiveRun.begin(side, job, SOURCE)) {
      run.commit(order(1, "Eve", "1"));
      assertThat(run.load().deleteUnseen(67)).isEqualTo(2);
    }
    assertThat(names()).containsExactly("1 Eve 1.0000");
  }

  @Test
  void what_a_mirror_may_delete_is_counted_among_the_rows_before_the_run() {
    SyncJob job = aJob().mirroring().build();
    mirror(job, order(1, "Ada", "1"), order(2, "Bob", "2"));

    try (var run = ActiveRun.begin(side, job, SOURCE)) {
      run.commit(order(3, "Cy", "3"), order(4, "Di", "4"));
      assertThatThrownBy(() -> run.load().deleteUnseen(99)).isInstanceOf(PermanentFailure.class);
    }
    assertThat(names()).contains("1 Ada 1.0000", "2 Bob 2.0000");
  }

  @Test
  void what_a_mirror_may_delete_is_counted_among_the_rows_of_its_own_source() {
    SyncJob job = aJob().mirroring().stampingSource("source").keyedOn("source", "id").build();
    mirrorOf("west", job, order(1, "Wes", "1"), order(2, "Wes", "2"), order(3, "Wes", "3"));
    mirrorOf("east", job, order(1, "Ada", "1"), order(2, "Bob", "2"));

    try (var run = ActiveRun.begin(side, job, SOURCE, "east")) {
      run.commit(order(1, "Ada", "1"));
      assertThatThrownBy(() -> run.load().deleteUnseen(49)).isInstanceOf(PermanentFailure.class);
    }
    try (var run = ActiveRun.begin(side, job, SOURCE, "east")) {
      run.commit(order(1, "Ada", "1"));
      assertThat(run.load().deleteUnseen(50)).isEqualTo(1);
    }
  }

  @Test
  void a_mirror_remembers_what_it_saw_in_every_batch() {
    SyncJob job = aJob().mirroring().build();
    mirror(job, order(1, "Ada", "1"), order(2, "Bob", "2"), order(3, "Cy", "3"));

    try (var run = ActiveRun.begin(side, job, SOURCE)) {
      run.commit(order(1, "Ada", "1"));
      run.commit(order(2, "Bob", "2"));
      assertThat(run.deleteUnseen()).isEqualTo(1);
    }
    assertThat(names()).containsExactlyInAnyOrder("1 Ada 1.0000", "2 Bob 2.0000");
  }

  @Test
  void a_mirror_keeps_the_former_state_of_a_row_that_is_rejected_now() {
    SyncJob job = aJob().mirroring().requiring("name").build();
    mirror(job, order(1, "Ada", "1"), order(2, "Bob", "2"));

    assertThat(mirror(job, order(1, "Ada", "1"), order(2, null, "9"))).isZero();
    assertThat(names()).containsExactlyInAnyOrder("1 Ada 1.0000", "2 Bob 2.0000");
  }

  @Test
  void a_mirror_leaves_the_rows_of_other_sources_alone() {
    SyncJob job = aJob().mirroring().stampingSource("source").keyedOn("source", "id").build();
    mirrorOf("east", job, order(1, "Ada", "1"), order(2, "Bob", "2"));
    mirrorOf("west", job, order(1, "Wes", "1"));

    assertThat(mirrorOf("east", job, order(1, "Ada", "1"))).isEqualTo(1);
    assertThat(names()).containsExactlyInAnyOrder("1 Ada 1.0000", "1 Wes 1.0000");
  }

  private RunTally write(SyncJob job, Row... rows) {
    try (var run = ActiveRun.begin(side, job, SOURCE)) {
      return run.commit(rows);
    }
  }

  private long mirror(SyncJob job, Row... rows) {
    return mirrorOf("here", job, rows);
  }

  private long mirrorOf(String source, SyncJob job, Row... rows) {
    try (var run = ActiveRun.begin(side, job, SOURCE, source)) {
      if (rows.length > 0) {
        run.commit(rows);
      }
      return run.deleteUnseen();
    }
  }

  private static Row order(long id, String name, String amount) {
    return order(id, name, "08:00:00", amount);
  }

  private static Row order(long id, String name, String time, String amount) {
    return row(
        id,
        name,
        amount == null ? null : new BigDecimal(amount + ".0000"),
        time == null ? null : at(time));
  }

  /// Id, name and amount of each row; `-` for NULL.
  private List<String> names() {
    return side.rows(TABLE).stream().map(UpsertContract::sentence).toList();
  }

  private static String sentence(Map<String, Optional<String>> row) {
    return String.join(
        " ", Stream.of("id", "name", "amount").map(column -> row.get(column).orElse("-")).toList());
  }

  private Optional<String> stamp() {
    return side.rows(TABLE).getFirst().get("synced_at");
  }
}
