package io.qupersync.application.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.application.inspect.DatabaseState.Presence;
import io.qupersync.application.port.DatabasePing;
import io.qupersync.application.port.DatabaseProbe.Probed;
import io.qupersync.application.port.TransientFailure;
import io.qupersync.application.testkit.SettableClock;
import io.qupersync.domain.run.FailureKind;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DatabaseWatchTest {

  @Test
  void a_look_that_a_stop_cuts_short_is_no_absence() throws InterruptedException {
    var asked = new CountDownLatch(1);
    var never = new CountDownLatch(1);
    DatabaseWatch target =
        watch(() -> {
          asked.countDown();
          await(never);
          return Optional.empty();
        });
    DatabaseWatching watching = DatabaseWatching.start(watch(Optional::empty), target, () -> {});
    assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

    watching.close();
    target.look();

    assertThat(target.state().presence()).isEqualTo(Presence.UNKNOWN);
  }

  @Test
  void a_pool_that_was_closed_by_a_stop_is_no_absence() {
    DatabaseWatch target =
        watch(() -> {
          throw new TransientFailure(FailureKind.UNREACHABLE, "the service is stopping");
        });
    target.stop();

    target.look();

    assertThat(target.state().isAway()).isFalse();
  }

  @Test
  void a_database_that_does_not_answer_is_away() {
    DatabaseWatch target =
        watch(() -> {
          throw new TransientFailure(FailureKind.UNREACHABLE, "no route to host");
        });

    target.look();

    assertThat(target.state().isAway()).isTrue();
  }

  @Test
  void memory_that_has_run_out_ends_the_process() throws InterruptedException {
    var passedOn = new AtomicReference<@Nullable Throwable>();
    DatabaseWatch target =
        watch(() -> {
          throw new OutOfMemoryError("none left");
        });
    Thread looking =
        Thread.ofPlatform()
            .uncaughtExceptionHandler((_, failure) -> passedOn.compareAndSet(null, failure))
            .start(target::look);

    assertThat(looking.join(Duration.ofSeconds(10))).isTrue();

    assertThat(passedOn.get()).hasRootCauseInstanceOf(OutOfMemoryError.class);
  }

  private static DatabaseWatch watch(DatabasePing ping) {
    return new DatabaseWatch(
        "target",
        "a database",
        ping,
        () -> new Probed("1", "quper", false),
        SettableClock.atSomeMorning(),
        Duration.ofSeconds(1),
        () -> false);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      Assertions.fail(stopped);
    }
  }
}
