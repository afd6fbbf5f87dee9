package io.qupersync.app.config;

import io.qupersync.infrastructure.jdbc.Secret;
import java.util.List;

/// Where the HTTP API listens and who may call it. Without tokens the host is this machine only.
public record ServerConfig(String host, int port, List<Token> tokens) {

  public ServerConfig {
    tokens = List.copyOf(tokens);
  }

  /// One caller.
  public record Token(String name, Secret token, Role role) {}

  public enum Role {
    /// Reads.
    VIEWER,
    /// Reads, triggers and changes.
    OPERATOR
  }
}
