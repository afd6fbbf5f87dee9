package io.qupersync.sandbox.relay;

/// How values travel to clients. The driver reads both, not always with the same outcome:
/// `getString` of a boolean is `t` in one and `true` in the other.
public enum ResultFormat {
  /// As PostgreSQL answers this driver.
  TEXT,

  /// As Redshift very probably answers it: every type in binary, numeric as a scaled integer.
  ///
  /// Holds for plain statements and the first execution of a prepared one. A numeric whose
  /// precision PostgreSQL does not state, such as a sum, stays text.
  BINARY
}
