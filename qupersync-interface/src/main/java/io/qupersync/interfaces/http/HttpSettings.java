package io.qupersync.interfaces.http;

import java.util.List;
import java.util.Optional;

/// Where the API listens and who may call it.
///
/// @param port 0 takes a free one
/// @param tokens empty admits everybody who reaches it, which must be this machine only
/// @param tls what the server proves itself with; empty answers unencrypted
public record HttpSettings(
    String host, int port, List<AccessToken> tokens, Optional<TlsFiles> tls) {

  public HttpSettings {
    tokens = List.copyOf(tokens);
  }

  /// Unencrypted.
  public HttpSettings(String host, int port, List<AccessToken> tokens) {
    this(host, port, tokens, Optional.empty());
  }

  /// How clients are to speak to it.
  String scheme() {
    return tls.isPresent() ? "https" : "http";
  }
}
