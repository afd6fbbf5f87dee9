package io.qupersync.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.qupersync.domain.run.FatalErrors;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hears of what no thread has caught. Running out of memory ends the process at once, whatever
/// flags the JVM was started with: nothing can be relied on after it, and a process that ends is
/// started again by whoever supervises it. Anything else is logged, and the process goes on.
///
/// All that is needed to end is made beforehand, for there may be no memory left for it.
final class LastResort implements Thread.UncaughtExceptionHandler {

  /// As a JVM ends that was started with `-XX:+ExitOnOutOfMemoryError`.
  static final int OUT_OF_MEMORY = 3;

  private static final Logger LOG = LoggerFactory.getLogger(LastResort.class);

  /// For a stderr that nobody reads.
  private static final long PATIENCE_SECONDS = 2;

  private final byte[] message;
  private final OutputStream err = new FileOutputStream(FileDescriptor.err);
  private final CountDownLatch exhausted = new CountDownLatch(1);
  private final CountDownLatch told = new CountDownLatch(1);

  private LastResort() {
    this.message =
        "qupersync: out of memory, ends at once with exit code %d; start it again, with a larger heap (-Xmx, now %d MB), smaller batches or fewer jobs\n"
            .formatted(OUT_OF_MEMORY, Runtime.getRuntime().maxMemory() >> 20)
            .getBytes(UTF_8);
  }

  /// From now on, for every thread that has no handler of its own.
  static void install() {
    var last = new LastResort();
    Thread.ofPlatform().daemon().name("halt").start(last::halt);
    Thread.setDefaultUncaughtExceptionHandler(last);
  }

  @Override
  public void uncaughtException(Thread thread, Throwable failure) {
    if (FatalErrors.isOutOfMemory(failure)) {
      exhausted.countDown();
      tell();
    } else {
      LOG.error("thread {} ended by a defect", thread.getName(), withoutMessages(failure));
    }
  }

  private void tell() {
    try {
      err.write(message);
    } catch (IOException nobodyHears) {
      told.countDown();
    }
    told.countDown();
  }

  private void halt() {
    try {
      exhausted.await();
      boolean _ = told.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      return;
    }
    Runtime.getRuntime().halt(OUT_OF_MEMORY);
  }

  /// They may quote a row's values.
  private static Throwable withoutMessages(Throwable failure) {
    var bare = new Throwable(failure.getClass().getName());
    bare.setStackTrace(failure.getStackTrace());
    return bare;
  }
}
