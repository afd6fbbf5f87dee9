package io.qupersync.domain.run;

import java.util.Locale;

/// How a run stands.
public enum RunStatus {
  RUNNING,
  SUCCESS,
  FAILED,
  CANCELLED,
  /// Its process died or lost the lease; another run has taken over.
  ABANDONED,
  /// It never began: its time had passed before anyone could start it, or it was left out.
  MISFIRED;

  /// Whether it ended otherwise than it should have, and nobody wanted it to.
  public boolean isFailure() {
    return this == FAILED || this == ABANDONED;
  }

  /// As the run log, the API and the command line spell it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static RunStatus ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
