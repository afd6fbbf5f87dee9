package io.qupersync.sandbox.standin;

/// Which of the two Redshifts the stand-in is.
public enum Flavor {
  /// A cluster: the STL and STV views hold data, `sys_serverless_usage` does not exist.
  PROVISIONED,

  /// Serverless: the STL and STV views exist and stay empty, `sys_serverless_usage` exists.
  SERVERLESS
}
