package io.qupersync.infrastructure.postgres;

import static io.qupersync.application.testkit.Columns.columns;
import static io.qupersync.application.testkit.Columns.row;
import static io.qupersync.application.testkit.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.testkit.ActiveRun;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.row.DeadLetter;
import io.qupersync.domain.run.RunStatus;
import io.qupersync.domain.run.RunTally;
import io.qupersync.domain.run.SyncRun;
import io.qupersync.domain.run.Trigger;
import io.qupersync.domain.table.Column;
import io.qupersync.infrastructure.fixture.PostgresSide;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A target whose encoding lacks characters: the rows that hold one are rejected, the others
/// arrive.
class NarrowEncodingTest {

  private static final SyncJob JOB = aJob().build();
  private static final List<Column> SOURCE = columns("id", "bigint", "note", "text");

  @ParameterizedTest
  @CsvSource({"LATIN1, é, €", "WIN1252, €, \uD83D\uDE00", "LATIN2, ł, ñ", "KOI8R, я, é"})
  void rejects_the_row_whose_character_it_lacks_and_takes_the_others(
      String encoding, String known, String lacking) {
    try (PostgresSide side = PostgresSide.encoded(encoding)) {
      for (int load = 0; load < 2; load++) {
        try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
          RunTally tally =
              run.commit(row(1L, known), row(2L, "a \"" + lacking + "\" … \0b"), row(3L, "plain"));

          // into an empty table, and then among what is there
          assertThat(tally.skipped()).isEqualTo(1);
          assertThat(tally.inserted() + tally.unchanged()).isEqualTo(2);
        }
      }
      assertThat(side.value("select note from analytics.orders where id = 1")).isEqualTo(known);
      assertThat(side.deadLetters().list(JOB.id(), 0, 10))
          .singleElement()
          .satisfies(letter ->
              assertThat(letter.values())
                  .containsEntry("note", Optional.of("a \"" + lacking + "\" … \0b")));
    }
  }

  @Test
  void says_which_encoding_it_is_without_the_value() {
    try (PostgresSide side = PostgresSide.encoded("LATIN1")) {
      try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
        run.commit(row(1L, "€"), row(2L, "plain"));
      }
      DeadLetter letter = side.deadLetters().list(JOB.id(), 0, 10).getFirst();
      assertThat(letter.reason()).contains("\"LATIN1\"").doesNotContain("0xe2").doesNotContain("€");
    }
  }

  @Test
  void a_run_that_fails_there_is_logged_whatever_its_error_holds() {
    try (PostgresSide side = PostgresSide.encoded("LATIN1")) {
      try (var run = ActiveRun.begin(side, JOB, SOURCE)) {
        var failed =
            new SyncRun(
                run.id(),
                JOB.id(),
                Trigger.CLI,
                RunStatus.FAILED,
                ActiveRun.STARTED,
                Optional.of(ActiveRun.STARTED.plusSeconds(1)),
                RunTally.zero(),
                1,
                Optional.of("日"),
                Optional.empty(),
                Optional.of("said … \"日本\""));
        side.runs().finished(failed);

        assertThat(side.runs().find(run.id()).orElseThrow().error())
            .contains("said ... \"\\u65e5\\u672c\"");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"LATIN1", "SQL_ASCII"})
  void check_says_so(String encoding) {
    try (PostgresSide side = PostgresSide.encoded(encoding)) {
      assertThat(side.probe().probe().version()).contains(" in " + encoding + ", which ");
    }
    try (PostgresSide side = PostgresSide.bare()) {
      assertThat(side.probe().probe().version()).doesNotContain(",");
    }
  }
}
