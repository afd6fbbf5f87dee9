package io.qupersync.application.sync;

import org.jspecify.annotations.Nullable;

/// An exception that should not have been, without its messages: those may quote a row's values,
/// and this goes to the log. Where it came from is all that its mending needs.
final class RedactedThrowable extends Throwable {

  private static final long serialVersionUID = 1L;
  private static final int DEEPEST = 10;

  private RedactedThrowable(Throwable original, int depth) {
    super(original.getClass().getName(), cause(original, depth));
    setStackTrace(original.getStackTrace());
  }

  static RedactedThrowable of(Throwable original) {
    return new RedactedThrowable(original, 0);
  }

  private static @Nullable Throwable cause(Throwable original, int depth) {
    Throwable cause = original.getCause();
    return cause == null || depth == DEEPEST ? null : new RedactedThrowable(cause, depth + 1);
  }

  /// What it is, and where it was thrown.
  String inOneLine() {
    StackTraceElement[] trace = getStackTrace();
    return trace.length == 0
        ? String.valueOf(getMessage())
        : "%s at %s".formatted(getMessage(), trace[0]);
  }
}
