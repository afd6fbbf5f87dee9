package io.qupersync.infrastructure.postgres;

import static io.qupersync.application.testkit.Columns.at;
import static io.qupersync.application.testkit.Columns.columns;
import static io.qupersync.application.testkit.Columns.row;
import static io.qupersync.application.testkit.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.testkit.ActiveRun;
import io.qupersync.application.testkit.PackingSide;
import io.qupersync.application.testkit.TargetSide;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.row.DeadLetter;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.table.Column;
import io.qupersync.infrastructure.fixture.PostgresSide;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Dead letters whose rows a later run brings in good order.
class EarlierLettersTest {

  private static final SyncJob JOB = aJob().watermarkedOn("updated_at").build();
  private static final List<Column> SOURCE =
      columns("id", "bigint", "note", "text", "updated_at", "timestamp");

  private PostgresSide side;

  @BeforeEach
  void open() {
    side = PostgresSide.open();
    side.execute(
        """
        create schema analytics;
        create table analytics.orders
          (id bigint primary key, note text check (note <> 'bad'), updated_at timestamp)
        """);
  }

  @AfterEach
  void close() {
    side.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void go_when_a_run_writes_a_row_with_their_key(boolean packed) {
    run(packed, order(1, "bad", "08:00:00"), order(2, "bad", "08:00:00"));
    assertThat(letters()).containsExactly(1L, 2L);

    run(packed, order(1, "good", "09:00:00"), order(3, "good", "09:00:00"));

    assertThat(letters()).containsExactly(2L);
  }

  @Test
  void go_when_the_row_is_found_unchanged() {
    run(false, order(1, "bad", "08:00:00"));
    side.execute("insert into analytics.orders values (1, 'good', '2026-03-02 09:00:00')");

    run(false, order(1, "good", "09:00:00"));

    assertThat(letters()).isEmpty();
  }

  @Test
  void stay_when_only_an_older_row_of_their_key_is_read_again() {
    run(false, order(1, "good", "08:00:00"), order(1, "bad", "09:00:00"));

    run(false, order(1, "good", "08:00:00"));

    assertThat(letters()).containsExactly(1L);
  }

  @Test
  void stay_and_count_on_when_their_row_is_refused_again() {
    run(false, order(1, "good", "08:00:00"), order(1, "bad", "08:00:00"));

    run(false, order(1, "good", "08:00:00"), order(1, "bad", "08:00:00"));

    assertThat(side.deadLetters().list(JOB.id(), 0, 10))
        .extracting(DeadLetter::occurrences)
        .containsExactly(2L);
  }

  private void run(boolean packed, Row... rows) {
    TargetSide target = packed ? new PackingSide(side) : side;
    try (var run = ActiveRun.begin(target, JOB, SOURCE)) {
      run.commit(rows);
    }
  }

  private static Row order(long id, String note, String updatedAt) {
    return row(id, note, at(updatedAt));
  }

  private List<Long> letters() {
    return side.deadLetters().list(JOB.id(), 0, 10).stream()
        .map(letter -> Long.valueOf(letter.values().get("id").orElseThrow()))
        .toList();
  }
}
