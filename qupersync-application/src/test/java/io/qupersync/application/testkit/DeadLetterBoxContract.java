package io.qupersync.application.testkit;

import static io.qupersync.application.testkit.Columns.columns;
import static io.qupersync.application.testkit.Columns.row;
import static io.qupersync.application.testkit.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.row.DeadLetter;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.table.Column;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [io.qupersync.application.port.DeadLetterBox] promises of the letters that a load
/// posts.
public abstract class DeadLetterBoxContract {

  private static final SyncJob JOB = aJob().requiring("name").build();
  private static final SyncJob OTHER_JOB = aJob().named("customers").requiring("name").build();
  private static final List<Column> SOURCE =
      columns("id", "bigint", "name", "text", "amount", "numeric(18,4)");

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
  void is_empty_before_a_row_was_rejected() {
    reject(JOB);

    assertThat(letters()).isEmpty();
    assertThat(side.deadLetters().count(JOB.id())).isZero();
  }

  @Test
  void a_letter_tells_what_the_row_was_and_why_it_was_rejected() {
    RunId run = reject(JOB, 7L);

    assertThat(letters())
        .singleElement()
        .satisfies(letter -> {
          assertThat(letter.job()).isEqualTo(JOB.id());
          assertThat(letter.lastRun()).isEqualTo(run);
          assertThat(letter.column()).contains("name");
          assertThat(letter.reason()).isEqualTo("a value is required");
          assertThat(letter.values())
              .isEqualTo(
                  Map.of(
                      "id", Optional.of("7"),
                      "name", Optional.empty(),
                      "amount", Optional.of("0.1000")));
          assertThat(letter.occurrences()).isEqualTo(1);
          assertThat(letter.lastSeen()).isEqualTo(letter.firstSeen());
        });
  }

  @Test
  void a_row_that_two_runs_meet_is_one_letter() {
    reject(JOB, 7L);
    DeadLetter first = letters().getFirst();
    side.elapse(ActiveRun.LEASE_TIME);
    RunId second = reject(JOB, 7L);

    assertThat(letters())
        .singleElement()
        .satisfies(letter -> {
          assertThat(letter.id()).isEqualTo(first.id());
          assertThat(letter.lastRun()).isEqualTo(second);
          assertThat(letter.occurrences()).isEqualTo(2);
          assertThat(letter.firstSeen()).isEqualTo(first.firstSeen());
          assertThat(letter.lastSeen()).isAfterOrEqualTo(first.lastSeen());
        });
  }

  @Test
  void a_row_that_one_run_meets_twice_occurred_once() {
    try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
      run.commit(bad(7L));
      run.commit(bad(7L), bad(8L));
    }

    assertThat(letters()).extracting(DeadLetter::occurrences).containsExactly(1L, 1L);
  }

  @Test
  void lists_letters_page_by_page_the_oldest_first() {
    reject(JOB, 1L, 2L, 3L);

    List<DeadLetter> page = side.deadLetters().list(JOB.id(), 0, 2);
    assertThat(ids(page)).containsExactly("1", "2");

    List<DeadLetter> rest = side.deadLetters().list(JOB.id(), page.getLast().id(), 2);
    assertThat(ids(rest)).containsExactly("3");
    assertThat(side.deadLetters().list(JOB.id(), rest.getLast().id(), 2)).isEmpty();
  }

  @Test
  void keeps_the_letters_of_two_jobs_apart() {
    reject(JOB, 1L);
    reject(OTHER_JOB, 1L, 2L);

    assertThat(side.deadLetters().count(JOB.id())).isEqualTo(1);
    assertThat(side.deadLetters().count(OTHER_JOB.id())).isEqualTo(2);
    assertThat(ids(letters())).containsExactly("1");
  }

  @Test
  void throws_away_the_letters_of_one_job() {
    reject(JOB, 1L, 2L);
    reject(OTHER_JOB, 1L);

    assertThat(side.deadLetters().discard(JOB.id())).isEqualTo(2);

    assertThat(side.deadLetters().count(JOB.id())).isZero();
    assertThat(side.deadLetters().count(OTHER_JOB.id())).isEqualTo(1);
    assertThat(side.deadLetters().discard(JOB.id())).isZero();
  }

  @Test
  void knows_nothing_of_a_job_that_never_ran() {
    var unknown = new JobId("never-ran");

    assertThat(side.deadLetters().list(unknown, 0, 1000)).isEmpty();
    assertThat(side.deadLetters().count(unknown)).isZero();
    assertThat(side.deadLetters().discard(unknown)).isZero();
  }

  /// A run that meets one good row, and a bad one under each of the ids.
  private RunId reject(SyncJob job, Long... ids) {
    try (var run = ActiveRun.begin(side, job, SOURCE)) {
      run.commit(row(100L, "fine", new BigDecimal("1.0000")));
      for (Long id : ids) {
        run.commit(bad(id));
      }
      return run.id();
    }
  }

  private static Row bad(Long id) {
    return row(id, null, new BigDecimal("0.1000"));
  }

  private List<DeadLetter> letters() {
    return side.deadLetters().list(JOB.id(), 0, 1000);
  }

  private static List<String> ids(List<DeadLetter> letters) {
    return letters.stream().map(letter -> letter.values().get("id").orElseThrow()).toList();
  }
}
