package io.qupersync.domain.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.longs;

import io.qupersync.domain.job.JobId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunValuesTest {

  @Test
  void tallies_add_up_column_by_column() {
    qt().forAll(longs().between(0, 1000), longs().between(0, 1000))
        .check((a, b) -> {
          var one = new RunTally(a, b, a, b, a, b, a);
          var other = new RunTally(b, a, b, a, b, a, b);
          RunTally sum = one.plus(other);
          return sum.equals(new RunTally(a + b, a + b, a + b, a + b, a + b, a + b, a + b))
              && one.plus(RunTally.zero()).equals(one)
              && one.plusDeleted(b).deleted() == a + b
              && one.upserted() == a + b;
        });
  }

  @Test
  void the_words_of_the_run_log_are_read_back() {
    for (RunStatus status : RunStatus.values()) {
      assertThat(RunStatus.ofWord(status.word())).isEqualTo(status);
    }
    for (Trigger trigger : Trigger.values()) {
      assertThat(Trigger.ofWord(trigger.word())).isEqualTo(trigger);
    }
    assertThat(RunStatus.SUCCESS.word()).isEqualTo("success");
  }

  @Test
  void a_run_that_starts_is_under_way_at_its_first_attempt() {
    Instant at = Instant.parse("2026-03-02T08:00:00Z");
    SyncRun run =
        SyncRun.starting(
            new RunId(4711), new JobId("orders"), Trigger.CLI, at, Optional.of("2026-03-01"));

    assertThat(run.status()).isEqualTo(RunStatus.RUNNING);
    assertThat(run.attempts()).isEqualTo(1);
    assertThat(run.watermarkTo()).isEqualTo(run.watermarkFrom());
    assertThat(run.duration(at.plusSeconds(7))).isEqualTo(Duration.ofSeconds(7));
    assertThat(run.id()).hasToString("4711");
  }
}
