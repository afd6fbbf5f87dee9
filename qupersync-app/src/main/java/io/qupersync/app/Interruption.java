package io.qupersync.app;

import io.qupersync.application.sync.LeasedRuns;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ends runs in good order when the process is told to stop: the batch in flight ends or rolls
/// back, the run is logged as cancelled, its lease given back, and the command prints what came of
/// it. The JVM waits for all of that, but not for ever.
final class Interruption implements AutoCloseable {

  private static final long GRACE_SECONDS = 30;

  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook;

  private Interruption(LeasedRuns runs) {
    this.hook = new Thread(() -> stop(runs), "stop");
  }

  static Interruption stopping(LeasedRuns runs) {
    var interruption = new Interruption(runs);
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  private void stop(LeasedRuns runs) {
    runs.cancelAllForGood();
    try {
      boolean inTime = done.await(GRACE_SECONDS, TimeUnit.SECONDS);
      if (!inTime) {
        System.err.println(
            "qupersync: stopped before a run had ended; its lease expires by itself");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// The command has said its last word.
  @Override
  public void close() {
    done.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // the hook is running: the process is on its way out
    }
  }
}
