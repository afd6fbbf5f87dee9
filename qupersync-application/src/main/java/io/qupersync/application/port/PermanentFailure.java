package io.qupersync.application.port;

import io.qupersync.domain.run.FailureKind;

/// A failure that the next try would meet again.
public final class PermanentFailure extends SyncFailure {

  private static final long serialVersionUID = 1L;

  public PermanentFailure(FailureKind kind, String message, Throwable cause) {
    super(kind, message, cause);
  }

  public PermanentFailure(FailureKind kind, String message) {
    super(kind, message);
  }
}
