package io.qupersync.domain.alert;

import java.util.Locale;

/// What can be wrong with a job.
public enum AlertKind {
  /// Its last run failed, after its retries.
  FAILED,
  /// No run of it has ended well for too long.
  STALE,
  /// More rejected rows wait than someone wants to accept.
  REJECTED,
  /// The source will soon forget rows that were not read.
  EXPIRING;

  /// As the configuration, the payload and the store spell it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static AlertKind ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
