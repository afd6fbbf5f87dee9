package io.qupersync.application.port;

import io.qupersync.domain.run.FailureKind;

/// A failure that may be gone at the next try: a lost connection, a deadlock, a server starting up.
public sealed class TransientFailure extends SyncFailure permits CommitsLost {

  private static final long serialVersionUID = 1L;

  public TransientFailure(FailureKind kind, String message, Throwable cause) {
    super(kind, message, cause);
  }

  public TransientFailure(FailureKind kind, String message) {
    super(kind, message);
  }
}
