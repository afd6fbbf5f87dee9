package io.qupersync.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real signals, sent to this very process. */
@Timeout(60)
class SignalsTest {

  private final CountDownLatch reloaded = new CountDownLatch(1);
  private final CountDownLatch hurried = new CountDownLatch(1);
  private final CountDownLatch stopping = new CountDownLatch(1);

  @Test
  void a_hangup_reloads() throws Exception {
    assumeFalse(IgnoredSignals.contains("HUP"), "started by nohup, no JVM hears a hangup");
    try (var signals = Signals.heard(hurried::countDown, stopping::countDown)) {
      signals.onHangup(reloaded::countDown);
      send("HUP");
      assertThat(reloaded.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void the_first_one_stops_and_the_second_hurries() throws Exception {
    try (var signals = Signals.heard(hurried::countDown, stopping::countDown)) {
      send("TERM");
      signals.awaitStop();
      assertThat(hurried.getCount()).isOne();
      assertThat(stopping.getCount()).isZero();

      // not SIGINT, which a shell lets the processes in its background ignore
      send("TERM");
      assertThat(hurried.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void says_that_ctrl_c_stops_it_unless_it_was_started_with_that_ignored() {
    try (var signals = Signals.heard(hurried::countDown, stopping::countDown)) {
      assertThat(signals.howToStop())
          .isEqualTo(
              IgnoredSignals.contains("INT")
                  ? "'kill %d' (started with Ctrl-C ignored)"
                      .formatted(ProcessHandle.current().pid())
                  : "Ctrl-C");
    }
  }

  private static void send(String signal) throws IOException, InterruptedException {
    String process = Long.toString(ProcessHandle.current().pid());
    assertThat(
            new ProcessBuilder("kill", "-" + signal, process).start().waitFor(10, TimeUnit.SECONDS))
        .isTrue();
  }
}
