package io.qupersync.application.port;

import io.qupersync.domain.run.FailureKind;

/// The target no longer has what it said was committed: its server ended hard before that was on
/// its disk. Nothing is missed if the run goes on from what the target has now; to try the same
/// again would be of no use.
public final class CommitsLost extends TransientFailure {

  private static final long serialVersionUID = 1L;

  public CommitsLost(String message) {
    super(FailureKind.TARGET, message);
  }
}
