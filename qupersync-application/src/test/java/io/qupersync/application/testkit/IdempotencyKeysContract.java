package io.qupersync.application.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.port.IdempotencyKeys;
import io.qupersync.application.port.IdempotencyKeys.Claim;
import io.qupersync.application.port.IdempotencyKeys.Key;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What every [IdempotencyKeys] promises.
public abstract class IdempotencyKeysContract {

  private static final Duration KEEP = Duration.ofHours(24);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Key KEY = new Key("ops", "k-1");

  protected abstract IdempotencyKeys keys();

  /// Moves the time by which keys are forgotten; nobody waits.
  protected abstract void elapse(Duration duration);

  protected abstract void close();

  @AfterEach
  void end() {
    close();
  }

  private Claim claim(Key key, String request) {
    return keys().claim(key, request, KEEP, PATIENCE);
  }

  private static Claim taken(String request, String answer) {
    return new Claim.Taken(request, Optional.of(answer));
  }

  @Test
  void gives_a_key_to_the_first_request() {
    assertThat(claim(KEY, "run orders")).isEqualTo(new Claim.Granted());
    assertThat(claim(KEY, "run orders"))
        .as("while the first is being done")
        .isEqualTo(new Claim.Taken("run orders", Optional.empty()));
  }

  @Test
  void tells_what_came_of_the_request() {
    claim(KEY, "run orders");
    keys().answer(KEY, "4711");
    assertThat(claim(KEY, "run orders")).isEqualTo(taken("run orders", "4711"));
    assertThat(claim(KEY, "run stock"))
        .as("another request learns whose key it is")
        .isEqualTo(taken("run orders", "4711"));
  }

  @Test
  void keeps_callers_apart() {
    claim(KEY, "run orders");
    assertThat(claim(new Key("board", "k-1"), "run orders")).isEqualTo(new Claim.Granted());
    assertThat(claim(new Key("ops", "k-2"), "run orders")).isEqualTo(new Claim.Granted());
  }

  @Test
  void takes_a_key_back_under_which_nothing_was_done() {
    claim(KEY, "run orders");
    keys().release(KEY);
    assertThat(claim(KEY, "run orders")).isEqualTo(new Claim.Granted());
  }

  @Test
  void takes_no_key_back_that_has_an_answer() {
    claim(KEY, "run orders");
    keys().answer(KEY, "4711");
    keys().release(KEY);
    assertThat(claim(KEY, "run orders")).isEqualTo(taken("run orders", "4711"));
  }

  @Test
  void forgets_an_answer_after_its_time() {
    claim(KEY, "run orders");
    keys().answer(KEY, "4711");
    elapse(KEEP.minusSeconds(5));
    assertThat(claim(KEY, "run orders")).isEqualTo(taken("run orders", "4711"));
    elapse(Duration.ofSeconds(10));
    assertThat(claim(KEY, "run stock")).isEqualTo(new Claim.Granted());
  }

  @Test
  void gives_a_key_anew_whose_holder_died() {
    claim(KEY, "run orders");
    elapse(PATIENCE.plusSeconds(1));
    assertThat(claim(KEY, "run orders")).isEqualTo(new Claim.Granted());
    assertThat(claim(KEY, "run orders")).isInstanceOf(Claim.Taken.class);
  }

  @Test
  void gives_a_key_to_one_of_many_that_ask_at_once() throws Exception {
    int callers = 4;
    var together = new CyclicBarrier(callers);
    Callable<Claim> asking =
        () -> {
          together.await();
          return claim(KEY, "run orders");
        };
    var answers = new ArrayList<Claim>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Claim>> asked = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        asked.add(threads.submit(asking));
      }
      for (Future<Claim> answer : asked) {
        answers.add(answer.get());
      }
    }
    assertThat(answers).filteredOn(Claim.Granted.class::isInstance).hasSize(1);
  }
}
