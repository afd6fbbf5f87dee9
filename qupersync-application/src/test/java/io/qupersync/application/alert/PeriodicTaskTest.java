package io.qupersync.application.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PeriodicTaskTest {

  private static final Duration NEVER = Duration.ofDays(1);
  private static final Duration NOW = Duration.ZERO;

  private final Semaphore done = new Semaphore(0);

  @Test
  void acts_in_its_rhythm_unasked() throws InterruptedException {
    try (var periodicTask = new PeriodicTask("test", Duration.ofMillis(1), NOW, done::release)) {
      periodicTask.start();
      done.acquire(3);
    }
  }

  @Test
  void acts_soon_when_asked() throws InterruptedException {
    try (var periodicTask = new PeriodicTask("test", NEVER, NOW, done::release)) {
      periodicTask.start();
      periodicTask.soon();
      done.acquire();
    }
  }

  @Test
  void takes_many_questions_for_one_and_forgets_none_that_comes_while_it_acts()
      throws InterruptedException {
    var inside = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var times = new AtomicInteger();
    Runnable action =
        () -> {
          inside.countDown();
          await(goOn);
          times.incrementAndGet();
          done.release();
        };
    try (var periodicTask = new PeriodicTask("test", NEVER, NOW, action)) {
      periodicTask.start();
      periodicTask.soon();
      inside.await();
      for (int i = 0; i < 1000; i++) {
        periodicTask.soon();
      }
      goOn.countDown();
      done.acquire(2);
    }
    assertThat(times).hasValue(2);
  }

  @Test
  void a_defect_does_not_end_it() throws InterruptedException {
    Runnable broken =
        () -> {
          done.release();
          throw new IllegalStateException("broken");
        };
    try (var periodicTask = new PeriodicTask("test", Duration.ofMillis(1), NOW, broken)) {
      periodicTask.start();
      done.acquire(2);
    }
  }

  @Test
  void an_error_of_the_virtual_machine_does_not_end_it() throws InterruptedException {
    Runnable broken =
        () -> {
          done.release();
          throw new NoClassDefFoundError("broken");
        };
    try (var periodicTask = new PeriodicTask("test", Duration.ofMillis(1), NOW, broken)) {
      periodicTask.start();
      done.acquire(2);
    }
  }

  @Test
  void closing_breaks_off_what_it_waits_for() {
    var never = new CountDownLatch(1);
    var periodicTask = new PeriodicTask("test", Duration.ofMillis(1), NOW, () -> await(never));
    periodicTask.start();

    periodicTask.close();
  }

  @Test
  void retiring_lets_it_end_what_it_does_and_do_no_more() throws InterruptedException {
    var inside = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var broken = new AtomicInteger();
    var gone = new CountDownLatch(1);
    Runnable action =
        () -> {
          inside.countDown();
          try {
            goOn.await();
          } catch (InterruptedException _) {
            broken.incrementAndGet();
          }
          done.release();
        };
    var periodicTask = new PeriodicTask("test", Duration.ofMillis(1), NOW, action, gone::countDown);
    periodicTask.start();
    inside.await();

    periodicTask.retire();
    goOn.countDown();
    gone.await();

    assertThat(broken).hasValue(0);
    assertThat(done.availablePermits()).isEqualTo(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
