package io.qupersync.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ShutdownDeadlineTest {

  private final CompletableFuture<Integer> halted = new CompletableFuture<>();

  @Test
  void a_process_that_does_not_stop_is_ended() throws Exception {
    try (var deadline = new ShutdownDeadline(Duration.ofMillis(1), halted::complete)) {
      deadline.begin();

      assertThat(halted.get(30, TimeUnit.SECONDS)).isEqualTo(ShutdownDeadline.NOT_IN_TIME);
    }
  }

  @Test
  void one_that_stops_in_time_is_not() {
    try (var deadline = new ShutdownDeadline(Duration.ofHours(1), halted::complete)) {
      deadline.begin();
    }

    assertThat(halted).isNotDone();
  }

  @Test
  void time_does_not_run_before_the_stop() {
    try (var _ = new ShutdownDeadline(Duration.ZERO, halted::complete)) {
      assertThat(halted).isNotDone();
    }
  }
}
