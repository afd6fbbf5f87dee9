package io.qupersync.infrastructure.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.testkit.SettableClock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PolledTest {

  private static final Duration FRESH = Duration.ofSeconds(5);
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofMillis(5);

  private final SettableClock clock = SettableClock.atSomeMorning();
  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void an_answer_holds_for_a_while() {
    var polled = new Polled<>(asked::incrementAndGet, clock, FRESH, LONG);

    assertThat(polled.latest()).contains(1);
    clock.tick(FRESH.minusMillis(1));
    assertThat(polled.latest()).contains(1);
    clock.tick(Duration.ofMillis(1));
    assertThat(polled.latest()).contains(2);
  }

  @Test
  void a_failure_is_no_answer_and_is_not_repeated_at_once_either() {
    var polled = new Polled<>(this::fail, clock, FRESH, LONG);

    assertThat(polled.latest()).isEmpty();
    assertThat(polled.latest()).isEmpty();
    assertThat(asked).hasValue(1);
  }

  private Integer fail() {
    asked.incrementAndGet();
    throw new IllegalStateException("broken");
  }

  @Test
  void nobody_waits_longer_than_their_patience_and_nothing_is_asked_twice_at_a_time() {
    var open = new CountDownLatch(1);
    var polled = new Polled<>(() -> after(open), clock, FRESH, SHORT);

    assertThat(polled.latest()).isEmpty();
    clock.tick(FRESH.multipliedBy(3));
    assertThat(polled.latest()).isEmpty();
    assertThat(asked).hasValue(1);

    open.countDown();
  }

  @Test
  void an_answer_that_came_late_serves_the_next_who_asks_in_time() {
    var open = new CountDownLatch(1);
    var hasty = new Polled<>(() -> after(open), clock, FRESH, SHORT);
    assertThat(hasty.latest()).isEmpty();

    open.countDown();

    while (hasty.latest().isEmpty()) {
      Thread.onSpinWait();
    }
    assertThat(asked).hasValue(1);
  }

  private Integer after(CountDownLatch open) {
    int number = asked.incrementAndGet();
    try {
      open.await();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
    return number;
  }
}
