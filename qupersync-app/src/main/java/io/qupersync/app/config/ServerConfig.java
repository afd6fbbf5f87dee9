package io.qupersync.app.config;

import io.qupersync.infrastructure.jdbc.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Where the HTTP API listens and who may call it. Without tokens the host is this machine only.
///
/// @param tls empty answers unencrypted
public record ServerConfig(String host, int port, List<Token> tokens, Optional<Tls> tls) {

  public ServerConfig {
    tokens = List.copyOf(tokens);
  }

  /// What the server proves itself with, PEM files.
  public record Tls(Path certificate, Path key) {}

  /// One caller.
  public record Token(String name, Secret token, Role role) {}

  public enum Role {
    /// Reads.
    VIEWER,
    /// Reads, triggers and changes.
    OPERATOR
  }
}
