package io.qupersync.domain.run;

import org.jspecify.annotations.Nullable;

/// Errors after which the process must not go on.
public final class FatalErrors {

  private FatalErrors() {}

  /// Whether memory has run out, here or in what this was caused by.
  public static boolean isOutOfMemory(@Nullable Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < 100; depth++) {
      if (cause instanceof OutOfMemoryError) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  /// To be called by whoever catches all there is, so that a thread can go on: running out of
  /// memory goes to the thread's handler of uncaught exceptions, which ends the process. Any other
  /// thread may have lost something without a word, and nothing that is found out later is certain.
  public static void passOn(Throwable failure) {
    if (isOutOfMemory(failure)) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
    }
  }
}
