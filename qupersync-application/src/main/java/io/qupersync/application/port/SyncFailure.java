package io.qupersync.application.port;

import io.qupersync.domain.run.FailureKind;

/// Something in the outside world went wrong. Its message is one line for the user: which step
/// failed, on what, and what to do; it holds no row value and no secret. Adapters throw nothing
/// else.
public abstract sealed class SyncFailure extends RuntimeException
    permits TransientFailure, PermanentFailure {

  private static final long serialVersionUID = 1L;

  private final FailureKind kind;

  SyncFailure(FailureKind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  SyncFailure(FailureKind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public final FailureKind kind() {
    return kind;
  }
}
