package io.qupersync.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real signals, sent to this very process. */
@Timeout(60)
class SignalsTest {

  private final CountDownLatch reloaded = new CountDownLatch(1);
  private final CountDownLatch hurried = new CountDownLatch(1);

  @Test
  void a_hangup_reloads() throws Exception {
    assumeFalse(hangupsAreIgnored(), "started by nohup, no JVM hears a hangup");
    try (var signals = Signals.heard(hurried::countDown)) {
      signals.onHangup(reloaded::countDown);
      send("HUP");
      assertThat(reloaded.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void the_first_one_stops_and_the_second_hurries() throws Exception {
    try (var signals = Signals.heard(hurried::countDown)) {
      send("TERM");
      signals.awaitStop();
      assertThat(hurried.getCount()).isOne();

      // not SIGINT, which a shell lets the processes in its background ignore
      send("TERM");
      assertThat(hurried.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** Whoever starts a process decides that, and it is true of all that it starts in turn. */
  private static boolean hangupsAreIgnored() throws IOException {
    Path status = Path.of("/proc/self/status");
    return Files.exists(status)
        && Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .map(line -> line.substring("SigIgn:".length()).strip())
            .anyMatch(mask -> (Long.parseUnsignedLong(mask, 16) & 1) != 0);
  }

  private static void send(String signal) throws IOException, InterruptedException {
    String process = Long.toString(ProcessHandle.current().pid());
    assertThat(new ProcessBuilder("kill", "-" + signal, process).start().waitFor()).isZero();
  }
}
