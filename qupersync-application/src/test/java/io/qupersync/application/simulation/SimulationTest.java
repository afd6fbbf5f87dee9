package io.qupersync.application.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Plays 10,000 stories, or as many as `-Dqupersync.seeds=N` says; `-Dqupersync.seed=S` tells the
/// story of one.
class SimulationTest {

  @Test
  void every_promise_is_kept_in_any_weather() {
    Long single = Long.getLong("qupersync.seed");
    if (single != null) {
      List<String> story = Simulation.tell(single, PlantedBug.NONE);
      story.forEach(System.out::println);
      assertThat(story.getLast()).isEqualTo("all promises were kept");
      return;
    }
    int seeds = Integer.getInteger("qupersync.seeds", 10_000);
    for (long seed = 1; seed <= seeds; seed++) {
      play(seed);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "WATERMARK_BEFORE_COMMIT, where the next run begins",
    "EXCLUSIVE_BEGINNING, is not in the target",
    "GAP_BETWEEN_RANGES, was there before a run that succeeded and is not in the target",
    "NO_FENCING, wrote under a lost lease",
    "DEAD_LETTERS_OUTSIDE_THE_TRANSACTION, is no dead letter",
    "STEPS_THAT_FOLLOW_NOTHING, where the next run begins",
    "WATERMARK_AT_THE_CLOCK, where the next run begins",
    "OPEN_TRANSACTIONS_FORGOTTEN, where the next run begins",
    "CHECKPOINT_FROM_THE_WRONG_BATCH, where the next run begins",
    "TABLES_WITHOUT_IDENTITY, was there before a run that succeeded",
    "ANY_ROW_WILL_DO, was there before a run that succeeded",
    "SOURCES_WITHOUT_IDENTITY, was there before a run that succeeded",
  })
  void a_planted_bug_is_found(PlantedBug bug, String brokenPromise) {
    assertThat(firstBrokenPromise(bug, brokenPromise)).asString().contains(brokenPromise);
  }

  /// The first that is broken in this way: a bug may break others sooner.
  private static Throwable firstBrokenPromise(PlantedBug bug, String promise) {
    for (long seed = 1; seed <= 10_000; seed++) {
      long story = seed;
      Throwable broken = catchThrowable(() -> Simulation.play(story, bug));
      if (broken != null && broken.toString().contains(promise)) {
        return broken;
      }
    }
    return new AssertionError("not found");
  }

  private static void play(long seed) {
    try {
      Simulation.play(seed, PlantedBug.NONE);
    } catch (Throwable broken) {
      fail(
          "seed %d: %s%nits story: ./mvnw test -pl qupersync-application -am -Dqupersync.seed=%d%n%s"
              .formatted(seed, broken.getMessage(), seed, lastLines(seed)),
          broken);
    }
  }

  private static String lastLines(long seed) {
    List<String> story = Simulation.tell(seed, PlantedBug.NONE);
    return String.join("\n", story.subList(Math.max(0, story.size() - 60), story.size()));
  }

  @Test
  void a_seed_tells_the_same_story_twice() {
    for (long seed = 1; seed <= 20; seed++) {
      assertThat(Simulation.tell(seed, PlantedBug.NONE))
          .isEqualTo(Simulation.tell(seed, PlantedBug.NONE));
    }
  }
}
