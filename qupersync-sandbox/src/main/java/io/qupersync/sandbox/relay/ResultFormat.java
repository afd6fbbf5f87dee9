package io.qupersync.sandbox.relay;

/// How values travel to clients. The driver reads both, not always with the same outcome:
/// `getString` of a boolean is `t` in one and `true` in the other.
public enum ResultFormat {
  /// As PostgreSQL answers this driver.
  TEXT,

  /// As Redshift answers it: every type in binary, numeric as a scaled integer. A cluster says so
  /// in `protocol_version` of its connection log: 2, whatever the driver asks for.
  ///
  /// Holds for plain statements and the first execution of a prepared one. A numeric whose
  /// precision PostgreSQL does not state, such as a sum, stays text.
  BINARY
}
