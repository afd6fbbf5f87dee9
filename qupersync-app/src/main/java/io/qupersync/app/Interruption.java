package io.qupersync.app;

import io.qupersync.application.sync.LeasedRuns;

/// Ends runs in good order when the process is told to stop: the batch in flight ends or rolls
/// back, the run is logged as cancelled, its lease given back. The JVM waits for this, and the
/// caller's thread prints its table meanwhile.
final class Interruption implements AutoCloseable {

  private static final long GRACE_MILLIS = 30_000;

  private final Thread hook;

  private Interruption(LeasedRuns runs, Thread working) {
    this.hook = new Thread(() -> stop(runs, working), "stop");
  }

  static Interruption stopping(LeasedRuns runs) {
    var interruption = new Interruption(runs, Thread.currentThread());
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  private static void stop(LeasedRuns runs, Thread working) {
    runs.cancelAll();
    try {
      // the main thread cannot end by itself now, System.exit would wait for this very hook
      runs.awaitNone(GRACE_MILLIS);
    } catch (InterruptedException _) {
      working.interrupt();
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // the hook is running: the process is on its way out
    }
  }
}
