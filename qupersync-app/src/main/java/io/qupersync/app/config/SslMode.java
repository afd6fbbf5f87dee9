package io.qupersync.app.config;

/// How far a connection is secured. There is no mode that encrypts without looking at the
/// certificate: it would stop nobody who can stand in between.
public enum SslMode {
  DISABLE,
  /// Encrypted; the server's certificate must come from a trusted authority.
  VERIFY_CA,
  /// And it must be made out to the host.
  VERIFY_FULL
}
