package io.qupersync.infrastructure.jdbc;

/// How a connection is encrypted. There is no mode that encrypts without a look at the certificate:
/// it would keep nobody out who can answer in the server's place.
public enum TlsMode {
  DISABLE("disable"),
  /// The certificate must come from a known authority.
  VERIFY_CA("verify-ca"),
  /// The certificate must come from a known authority and bear the server's name.
  VERIFY_FULL("verify-full");

  private final String word;

  TlsMode(String word) {
    this.word = word;
  }

  /// As the configuration and both drivers spell it.
  public String word() {
    return word;
  }
}
