package io.qupersync.application.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qupersync.application.port.Pause;
import io.qupersync.application.port.PermanentFailure;
import io.qupersync.application.port.TransientFailure;
import io.qupersync.application.testkit.RecordingPause;
import io.qupersync.application.testkit.SettableClock;
import io.qupersync.domain.job.RetryPolicy;
import io.qupersync.domain.run.FailureKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RetrierTest {

  private static final RetryPolicy THREE =
      new RetryPolicy(3, Duration.ofSeconds(1), Duration.ofSeconds(30));

  private final RecordingPause pause = new RecordingPause(SettableClock.atSomeMorning());
  private final Retrier retrier = new Retrier(pause, new SplittableRandom(1));
  private final List<Integer> heard = new ArrayList<>();

  @Test
  void what_succeeds_at_once_is_not_tried_again() {
    assertThat(attempt(failing(0))).isEqualTo("done");
    assertThat(pause.pauses()).isEmpty();
  }

  @Test
  void what_fails_for_a_moment_is_tried_until_it_succeeds() {
    assertThat(attempt(failing(3))).isEqualTo("done");
    assertThat(pause.pauses()).hasSize(3);
    assertThat(heard).containsExactly(1, 2, 3);
  }

  @Test
  void the_last_failure_is_thrown_when_no_more_tries_are_allowed() {
    assertThatThrownBy(() -> attempt(failing(4))).hasMessage("failure 4");
    assertThat(pause.pauses()).hasSize(3);
  }

  @Test
  void a_permanent_failure_is_not_tried_again() {
    assertThatThrownBy(() ->
            attempt(() -> {
              throw new PermanentFailure(FailureKind.TARGET, "no privilege");
            }))
        .hasMessage("no privilege");
    assertThat(pause.pauses()).isEmpty();
  }

  @Test
  void a_thread_that_is_told_to_stop_tries_nothing_again() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> attempt(failing(1))).hasMessage("failure 1");

    assertThat(Thread.interrupted()).isTrue();
    assertThat(pause.pauses()).isEmpty();
  }

  @Test
  void a_thread_that_is_told_to_stop_while_it_waits_ends_with_the_failure() {
    Pause interrupted =
        _ -> {
          throw new InterruptedException("stop");
        };

    assertThatThrownBy(() ->
            new Retrier(interrupted, new SplittableRandom(1))
                .attempt(new RetryBudget(THREE), failing(1), (_, _, _) -> {}))
        .hasMessage("failure 1")
        .satisfies(failure ->
            assertThat(failure.getSuppressed())
                .singleElement()
                .isInstanceOf(InterruptedException.class));

    assertThat(Thread.interrupted()).isTrue();
  }

  private String attempt(Supplier<String> action) {
    return retrier.attempt(new RetryBudget(THREE), action, (retry, _, _) -> heard.add(retry));
  }

  /// Fails so many times.
  private static Supplier<String> failing(int times) {
    var tries = new int[1];
    return () -> {
      if (tries[0]++ < times) {
        throw new TransientFailure(FailureKind.TARGET, "failure " + tries[0]);
      }
      return "done";
    };
  }
}
