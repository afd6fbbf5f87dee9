package io.qupersync.application.testkit;

import static io.qupersync.application.testkit.Columns.at;
import static io.qupersync.application.testkit.Columns.columns;
import static io.qupersync.application.testkit.Columns.row;
import static io.qupersync.application.testkit.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qupersync.application.port.BatchStep;
import io.qupersync.application.port.CommitsLost;
import io.qupersync.application.port.SyncFailure;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.progress.Checkpoint;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.row.DeadLetter;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.run.RunStatus;
import io.qupersync.domain.run.RunTally;
import io.qupersync.domain.run.SyncRun;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.TableRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [io.qupersync.application.port.Load] promises: what a commit holds together, whom it
/// serves, and what becomes of a row that only the database refuses.
public abstract class LoadContract {

  private static final TableRef TABLE = TableRef.of("analytics", "orders");
  private static final List<Column> SOURCE =
      columns("id", "bigint", "name", "text", "token", "text", "updated_at", "timestamp");
  private static final String TOKEN = "6f1c9f8e-0d2f-4c57-9a6e-3f4f0a1b2c3d";
  private static final SyncJob JOB =
      aJob()
          .incremental()
          .watermarkedOn("updated_at")
          .requiring("name")
          .typing("token", "uuid")
          .build();
  private static final SyncJob MIRROR =
      aJob().mirroring().requiring("name").typing("token", "uuid").build();

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
  void rows_rejects_counters_and_checkpoint_are_there_after_a_commit() {
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      RunTally tally = run.commit(checkpoint("08:00:00"), good(1), bad(2), good(3));

      assertThat(tally).isEqualTo(new RunTally(3, 2, 0, 0, 0, 1, 0));
      assertThat(ids()).containsExactlyInAnyOrder("1", "3");
      assertThat(rejected()).containsExactly("2");
      assertThat(counters(run)).isEqualTo(tally);
      assertThat(checkpoint()).contains(checkpoint("08:00:00"));
    }
  }

  @Test
  void counters_add_up_over_the_batches_of_a_run() {
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      run.commit(good(1), good(2));
      run.commit(good(2), bad(3), good(4));

      assertThat(counters(run)).isEqualTo(new RunTally(5, 3, 0, 1, 0, 1, 0));
    }
  }

  @Test
  void a_run_that_ends_without_having_heard_of_a_batch_does_not_uncount_it() {
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      run.commit(good(1), bad(2));
      SyncRun logged = side.runs().find(run.id()).orElseThrow();

      side.runs()
          .finished(
              new SyncRun(
                  logged.id(),
                  logged.job(),
                  logged.trigger(),
                  RunStatus.FAILED,
                  logged.startedAt(),
                  Optional.of(logged.startedAt()),
                  new RunTally(1, 0, 0, 4, 0, 0, 0),
                  1,
                  Optional.empty(),
                  Optional.empty(),
                  Optional.of("the answer was lost")));

      assertThat(counters(run)).isEqualTo(new RunTally(2, 1, 0, 4, 0, 1, 0));
    }
  }

  @Test
  void a_batch_without_checkpoint_leaves_the_former_one() {
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      run.commit(checkpoint("08:00:00"), good(1));
      run.commit(good(2));
    }

    assertThat(checkpoint()).contains(checkpoint("08:00:00"));
  }

  @Test
  void a_checkpoint_leaves_the_watermark_alone() {
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      run.commit(checkpoint("08:00:00"), good(1));
    }

    assertThat(side.progress().load(JOB.id()).watermark()).isEmpty();
  }

  @Test
  void a_batch_of_rejected_rows_alone_is_committed_too() {
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      RunTally tally = run.commit(checkpoint("08:00:00"), bad(1), bad(2));

      assertThat(tally).isEqualTo(new RunTally(2, 0, 0, 0, 0, 2, 0));
    }
    assertThat(rejected()).containsExactly("1", "2");
    assertThat(checkpoint()).contains(checkpoint("08:00:00"));
  }

  @Test
  void only_the_rows_that_the_database_refuses_become_dead_letters() {
    Row[] rows =
        IntStream.rangeClosed(1, 100)
            .mapToObj(id -> id == 1 || id == 50 || id == 51 || id == 100 ? refused(id) : good(id))
            .toArray(Row[]::new);
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      RunTally tally = run.commit(rows);

      assertThat(tally).isEqualTo(new RunTally(100, 96, 0, 0, 0, 4, 0));
      assertThat(counters(run)).isEqualTo(tally);
    }
    assertThat(ids()).hasSize(96).doesNotContain("1", "50", "51", "100");
    assertThat(rejected()).containsExactlyInAnyOrder("1", "50", "51", "100");
    assertThat(letters())
        .allSatisfy(letter -> {
          assertThat(letter.reason()).isNotBlank();
          assertThat(letter.values().get("token")).contains("not a uuid");
        });
  }

  @Test
  void a_batch_whose_every_row_is_refused_harms_no_later_one() {
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      assertThat(run.commit(refused(1), refused(2)).skipped()).isEqualTo(2);
      assertThat(run.commit(good(3)).inserted()).isEqualTo(1);
    }
    assertThat(ids()).containsExactly("3");
  }

  @Test
  void a_text_with_a_nul_is_a_dead_letter_and_the_others_arrive() {
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      run.commit(good(1), row(2L, "N\0L", TOKEN, at("08:00:00")), good(3));
    }

    assertThat(ids()).containsExactlyInAnyOrder("1", "3");
    assertThat(rejected()).containsExactly("2");
  }

  @Test
  void a_step_that_was_committed_before_is_not_done_again() {
    var step = new BatchStep(1, Optional.of(checkpoint("08:00:00")));
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      RunTally first = run.commit(step, good(1), bad(2));
      run.reload();
      RunTally again = run.commit(step, good(1), bad(2));

      assertThat(again).isEqualTo(first);
      assertThat(counters(run)).isEqualTo(first);
      assertThat(letters()).extracting(DeadLetter::occurrences).containsExactly(1L);

      run.commit(new BatchStep(2, Optional.of(checkpoint("09:00:00"))), good(3));
    }
    assertThat(ids()).containsExactlyInAnyOrder("1", "3");
    assertThat(checkpoint()).contains(checkpoint("09:00:00"));
  }

  @Test
  void a_step_may_never_come() {
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      run.commit(new BatchStep(1, Optional.empty()), good(1));
      RunTally tally = run.commit(new BatchStep(3, Optional.empty()), good(2));

      assertThat(tally.inserted()).isEqualTo(1);
    }
    assertThat(ids()).containsExactlyInAnyOrder("1", "2");
  }

  /// As after a hard end of a server that confirms commits before they are on disk.
  @Test
  void a_step_that_follows_a_lost_one_is_refused() {
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      run.commit(new BatchStep(1, Optional.empty()), good(1));
      run.commit(new BatchStep(3, Optional.empty()).following(1), good(3));

      assertForgotten(
          () -> run.commit(new BatchStep(6, Optional.empty()).following(5), good(6), bad(7)));
    }
    assertThat(ids()).containsExactlyInAnyOrder("1", "3");
    assertThat(rejected()).isEmpty();
  }

  @Test
  void what_is_committed_is_confirmed_and_what_is_lost_is_not() {
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      run.commit(new BatchStep(1, Optional.empty()), good(1));
      run.commit(new BatchStep(2, Optional.empty()), good(2));
      run.load().confirm(2);
      run.reload();
      run.load().confirm(2);

      assertForgotten(() -> run.load().confirm(3));
    }
  }

  @Test
  void a_run_that_lost_its_lease_confirms_nothing() {
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      run.commit(new BatchStep(1, Optional.empty()), good(1));
      run.reload();
      run.loseLease();

      assertLost(() -> run.load().confirm(1));
    }
  }

  private static void assertForgotten(ThrowingCallable write) {
    assertThatThrownBy(write).isInstanceOf(CommitsLost.class);
  }

  @Test
  void letters_that_a_batch_settles_are_gone_with_its_commit() {
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      run.commit(bad(1), bad(2), bad(3));
    }
    List<Long> letters = letters().stream().map(DeadLetter::id).toList();

    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      run.commit(new BatchStep(1, Optional.empty(), letters.subList(0, 2)), good(1), good(2));
    }
    assertThat(ids()).containsExactlyInAnyOrder("1", "2");
    assertThat(rejected()).containsExactly("3");
  }

  @Test
  void a_letter_that_is_settled_and_rejected_again_is_a_new_one() {
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      run.commit(bad(1));
    }
    long former = letters().getFirst().id();

    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      run.commit(new BatchStep(1, Optional.empty(), List.of(former)), bad(1));
      assertThat(letters()).extracting(DeadLetter::lastRun).containsExactly(run.id());
    }
    assertThat(letters()).extracting(DeadLetter::occurrences).containsExactly(1L);
  }

  @Test
  void a_run_that_lost_its_lease_settles_nothing() {
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      run.commit(bad(1));
    }
    List<Long> letters = letters().stream().map(DeadLetter::id).toList();

    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      run.loseLease();
      assertLost(() -> run.commit(new BatchStep(1, Optional.empty(), letters), good(1)));
    }
    assertThat(rejected()).containsExactly("1");
  }

  @Test
  void steps_of_another_run_are_other_steps() {
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      run.commit(good(1));
    }
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      assertThat(run.commit(good(2)).inserted()).isEqualTo(1);
    }
    assertThat(ids()).containsExactlyInAnyOrder("1", "2");
  }

  @Test
  void a_mirror_has_seen_the_rows_of_a_step_that_was_committed_before() {
    try (var run = ActiveRun.begin(side, MIRROR, SOURCE)) {
      run.commit(new BatchStep(1, Optional.empty()), good(1), good(2));
      run.reload();
      run.commit(new BatchStep(1, Optional.empty()), good(1), good(2));

      assertThat(run.deleteUnseen()).isZero();
    }
    assertThat(ids()).containsExactlyInAnyOrder("1", "2");
  }

  @Test
  void a_mirror_keeps_the_former_state_of_a_row_that_the_database_refuses_now() {
    try (var run = ActiveRun.begin(side, MIRROR, SOURCE)) {
      run.commit(good(1), good(2));
    }
    try (var run = ActiveRun.begin(side, MIRROR, SOURCE)) {
      run.commit(good(1), refused(2));

      assertThat(run.deleteUnseen()).isZero();
    }
    assertThat(ids()).containsExactlyInAnyOrder("1", "2");
  }

  @Test
  void a_load_counts_only_what_itself_has_seen() {
    try (var run = ActiveRun.begin(side, MIRROR, SOURCE)) {
      run.commit(good(1), good(2));
      run.reload();
      run.commit(new BatchStep(2, Optional.empty()), good(2));

      assertThat(run.deleteUnseen()).isEqualTo(1);
    }
    assertThat(ids()).containsExactly("2");
  }

  @Test
  void a_run_that_lost_its_lease_writes_nothing() {
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      run.commit(checkpoint("08:00:00"), good(1));
      RunTally before = counters(run);
      run.loseLease();

      assertLost(() -> run.commit(checkpoint("09:00:00"), good(2), bad(3)));

      assertThat(counters(run)).isEqualTo(before);
    }
    assertThat(ids()).containsExactly("1");
    assertThat(rejected()).isEmpty();
    assertThat(checkpoint()).contains(checkpoint("08:00:00"));
  }

  @Test
  void a_run_that_lost_its_lease_does_not_even_repeat_a_step() {
    var step = new BatchStep(1, Optional.empty());
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      run.commit(step, good(1));
      run.reload();
      run.loseLease();

      assertLost(() -> run.commit(step, good(1)));
    }
  }

  @Test
  void a_run_that_lost_its_lease_deletes_nothing() {
    try (var run = ActiveRun.begin(side, MIRROR, SOURCE)) {
      run.commit(good(1), good(2));
    }
    try (var run = ActiveRun.begin(side, MIRROR, SOURCE)) {
      run.commit(good(1));
      run.loseLease();

      assertLost(run::deleteUnseen);
    }
    assertThat(ids()).containsExactlyInAnyOrder("1", "2");
  }

  @Test
  void a_run_that_gave_its_lease_back_writes_nothing() {
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      side.leases().release(run.lease());

      assertLost(() -> run.commit(good(1)));
    }
    assertThat(side.rows(TABLE)).isEmpty();
  }

  private static void assertLost(ThrowingCallable writing) {
    assertThatThrownBy(writing)
        .isInstanceOfSatisfying(
            SyncFailure.class,
            failure -> assertThat(failure.kind()).isEqualTo(FailureKind.LEASE_LOST));
  }

  private static Row good(long id) {
    return row(id, "Ada", TOKEN, at("08:00:00"));
  }

  /// A row that the mapping rejects.
  private static Row bad(long id) {
    return row(id, null, TOKEN, at("08:00:00"));
  }

  /// A row that only the database refuses.
  private static Row refused(long id) {
    return row(id, "Ada", "not a uuid", at("08:00:00"));
  }

  private static Checkpoint checkpoint(String time) {
    return new Checkpoint(Watermark.of(new WatermarkValue.Timestamp(at(time))), Optional.empty());
  }

  private Optional<Checkpoint> checkpoint() {
    return side.progress().load(JOB.id()).checkpoint();
  }

  private RunTally counters(ActiveRun run) {
    return side.runs().find(run.id()).map(SyncRun::tally).orElseThrow();
  }

  private List<String> ids() {
    return side.rows(TABLE).stream().map(LoadContract::id).toList();
  }

  private List<DeadLetter> letters() {
    return side.deadLetters().list(JOB.id(), 0, 1000);
  }

  private List<String> rejected() {
    return letters().stream().map(DeadLetter::values).map(LoadContract::id).toList();
  }

  private static String id(Map<String, Optional<String>> values) {
    return values.get("id").orElseThrow();
  }
}
