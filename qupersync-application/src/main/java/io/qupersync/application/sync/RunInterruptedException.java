package io.qupersync.application.sync;

/// The run's thread was interrupted; the one who did so knows why.
final class RunInterruptedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RunInterruptedException(InterruptedException cause) {
    super("interrupted", cause);
  }
}
