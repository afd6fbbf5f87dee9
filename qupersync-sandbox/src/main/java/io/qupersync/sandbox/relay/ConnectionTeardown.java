package io.qupersync.sandbox.relay;

/// How a connection is torn down under a client's hands.
public enum ConnectionTeardown {
  /// In good order, as by a server that shuts down: what was sent arrives, then the stream ends.
  FIN,

  /// Rudely, as by a firewall or a machine that came back without its memory.
  RST
}
