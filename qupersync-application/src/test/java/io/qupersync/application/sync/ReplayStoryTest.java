package io.qupersync.application.sync;

import static io.qupersync.application.testkit.Columns.at;
import static io.qupersync.application.testkit.Columns.columns;
import static io.qupersync.application.testkit.JobFixture.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.port.TransientFailure;
import io.qupersync.application.testkit.FaultPlan;
import io.qupersync.application.testkit.InlineBatchPipeline;
import io.qupersync.application.testkit.SyncWorld;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.row.DeadLetter;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.domain.run.RunTally;
import io.qupersync.domain.table.TableRef;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What becomes of dead letters that are tried again.
class ReplayStoryTest {

  private static final TableRef SOURCE = TableRef.of("public", "orders");
  private static final TableRef TARGET = TableRef.of("analytics", "orders");

  private SyncWorld world;

  @BeforeEach
  void begin() {
    world = new SyncWorld(new InlineBatchPipeline());
    world
        .warehouse()
        .create(SOURCE, columns("id", "bigint", "name", "text", "note", "text", "at", "timestamp"));
  }

  @Test
  void a_letter_whose_row_is_fine_by_now_is_written_and_gone() {
    order(1, null, "a", "08:00:00");
    world.run(strict());
    assertThat(letters()).containsExactly("1 a");

    assertThat(replayed(lenient())).isEqualTo(new RunTally(1, 1, 0, 0, 0, 0, 0));

    assertThat(target()).containsExactly("1 a");
    assertThat(letters()).isEmpty();
  }

  @Test
  void a_letter_that_is_refused_again_stays() {
    order(1, null, "a", "08:00:00");
    world.run(strict());

    assertThat(replayed(strict())).isEqualTo(new RunTally(1, 0, 0, 0, 0, 1, 0));

    assertThat(letters()).containsExactly("1 a");
  }

  @Test
  void a_letter_that_the_target_has_overtaken_is_gone_and_overwrites_nothing() {
    order(1, null, "a", "08:00:00");
    world.run(strict());
    world.warehouse().update(SOURCE, 1L, "Ada", "b", at("09:00:00"));
    world.run(strict());

    assertThat(replayed(lenient())).isEqualTo(new RunTally(1, 0, 0, 1, 0, 0, 0));

    assertThat(target()).containsExactly("1 b");
    assertThat(letters()).isEmpty();
  }

  @Test
  void a_letter_that_is_newer_than_the_targets_row_is_written() {
    order(1, "Ada", "a", "08:00:00");
    world.run(strict());
    world.warehouse().update(SOURCE, 1L, null, "b", at("09:00:00"));
    world.run(strict());

    assertThat(replayed(lenient())).isEqualTo(new RunTally(1, 0, 1, 0, 0, 0, 0));

    assertThat(target()).containsExactly("1 b");
  }

  @Test
  void a_letter_of_the_same_moment_as_the_targets_row_wins_while_the_source_still_has_it() {
    order(1, "Ada", "a", "08:00:00");
    world.run(strict());
    world.warehouse().update(SOURCE, 1L, null, "b", at("08:00:00"));
    world.run(strict());

    assertThat(replayed(lenient())).isEqualTo(new RunTally(1, 0, 1, 0, 0, 0, 0));

    assertThat(target()).containsExactly("1 b");
    assertThat(letters()).isEmpty();
  }

  @Test
  void a_letter_of_the_same_moment_as_the_targets_row_is_overtaken_when_the_source_has_another() {
    order(1, "Ada", "a", "08:00:00");
    world.run(strict());
    world.warehouse().update(SOURCE, 1L, null, "b", at("08:00:00"));
    world.run(strict());
    world.warehouse().update(SOURCE, 1L, "Ada", "a", at("08:00:00"));

    assertThat(replayed(lenient())).isEqualTo(new RunTally(1, 0, 0, 1, 0, 0, 0));

    assertThat(target()).containsExactly("1 a");
    assertThat(letters()).isEmpty();
  }

  @Test
  void a_letter_of_the_same_moment_of_which_the_source_knows_no_more_neither_wins_nor_goes() {
    order(1, "Ada", "a", "08:00:00");
    world.run(strict());
    world.warehouse().update(SOURCE, 1L, null, "b", at("08:00:00"));
    world.run(strict());
    world.warehouse().delete(SOURCE, 1L);

    assertThat(replayed(lenient())).isEqualTo(new RunTally(1, 0, 0, 0, 0, 1, 0));

    assertThat(target()).containsExactly("1 a");
    assertThat(letters()).containsExactly("1 b");
  }

  @Test
  void of_several_letters_of_one_row_the_newest_is_written() {
    order(1, null, "a", "08:00:00");
    world.run(strict());
    world.warehouse().update(SOURCE, 1L, null, "b", at("09:00:00"));
    world.run(strict());
    world.warehouse().update(SOURCE, 1L, null, "c", at("10:00:00"));
    world.run(strict());
    assertThat(letters()).containsExactly("1 a", "1 b", "1 c");

    assertThat(replayed(lenient())).isEqualTo(new RunTally(3, 1, 0, 0, 0, 0, 2));

    assertThat(target()).containsExactly("1 c");
    assertThat(letters()).isEmpty();
  }

  @Test
  void without_a_watermark_a_letter_that_the_source_has_replaced_is_gone() {
    order(1, null, "a", "08:00:00");
    world.run(strictUpsert());
    world.warehouse().update(SOURCE, 1L, "Ada", "b", at("07:00:00"));
    world.run(strictUpsert());

    assertThat(replayed(aJob().build())).isEqualTo(new RunTally(1, 0, 0, 1, 0, 0, 0));

    assertThat(target()).containsExactly("1 b");
    assertThat(letters()).isEmpty();
  }

  @Test
  void without_a_watermark_a_letter_stays_whose_row_is_still_bad_at_the_source() {
    order(1, "Ada", "a", "08:00:00");
    world.run(strictUpsert());
    world.warehouse().update(SOURCE, 1L, null, "b", at("09:00:00"));
    world.run(strictUpsert());

    assertThat(replayed(strictUpsert())).isEqualTo(new RunTally(1, 0, 0, 0, 0, 1, 0));
    assertThat(letters()).containsExactly("1 b");

    assertThat(replayed(aJob().build())).isEqualTo(new RunTally(1, 0, 1, 0, 0, 0, 0));
    assertThat(target()).containsExactly("1 b");
    assertThat(letters()).isEmpty();
  }

  @Test
  void a_mirrors_letter_does_not_bring_back_a_row_that_the_source_has_deleted() {
    SyncJob strict = aJob().mirroring().requiring("name").build();
    order(1, null, "a", "08:00:00");
    order(2, "Bob", "b", "08:00:00");
    world.run(strict);
    world.warehouse().delete(SOURCE, 1L);

    assertThat(replayed(aJob().mirroring().build())).isEqualTo(new RunTally(1, 0, 0, 1, 0, 0, 0));

    assertThat(target()).containsExactly("2 b");
    assertThat(letters()).isEmpty();
  }

  @Test
  void a_replay_whose_answer_was_lost_can_be_repeated() {
    order(1, null, "a", "08:00:00");
    order(2, null, "b", "08:00:01");
    world.run(strict());
    world.let(
        new FaultPlan() {
          @Override
          public void after(Call call) {
            if (call == Call.COMMIT) {
              throw new TransientFailure(FailureKind.TARGET, "the connection was lost");
            }
          }
        });
    assertThat(world.replay(lenient())).isInstanceOf(RunOutcome.Failed.class);
    world.letAllBeWell();

    assertThat(replayed(lenient())).isEqualTo(RunTally.zero());
    assertThat(target()).containsExactlyInAnyOrder("1 a", "2 b");
  }

  private static SyncJob strict() {
    return aJob().incremental().watermarkedOn("at").requiring("name").build();
  }

  private static SyncJob strictUpsert() {
    return aJob().requiring("name").build();
  }

  private static SyncJob lenient() {
    return aJob().incremental().watermarkedOn("at").build();
  }

  private void order(long id, String name, String note, String time) {
    world.warehouse().insert(SOURCE, id, name, note, at(time));
  }

  private RunTally replayed(SyncJob job) {
    RunOutcome outcome = world.replay(job);
    assertThat(outcome).isInstanceOf(RunOutcome.Completed.class);
    return ((RunOutcome.Completed) outcome).tally();
  }

  private List<String> target() {
    return world.database().rows(TARGET).stream()
        .map(row -> row.get("id").orElseThrow() + " " + row.get("note").orElse("-"))
        .toList();
  }

  private List<String> letters() {
    return world.database().deadLetters().list(new JobId("orders"), 0, 1000).stream()
        .map(DeadLetter::values)
        .map(values -> values.get("id").orElseThrow() + " " + values.get("note").orElse("-"))
        .toList();
  }
}
