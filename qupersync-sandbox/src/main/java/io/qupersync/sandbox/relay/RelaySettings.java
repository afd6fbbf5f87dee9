package io.qupersync.sandbox.relay;

import java.net.InetSocketAddress;
import java.util.Optional;

/// What a [Relay] stands in front of, and how it speaks to clients.
///
/// @param upstream the PostgreSQL behind it
/// @param tls offered to whoever asks for encryption; without it they are told there is none
/// @param results how values travel
public record RelaySettings(
    InetSocketAddress upstream, Optional<RelayTls> tls, ResultFormat results) {

  /// Without encryption, with results in binary.
  public static RelaySettings inFrontOf(InetSocketAddress upstream) {
    return new RelaySettings(upstream, Optional.empty(), ResultFormat.BINARY);
  }

  public RelaySettings offering(RelayTls offered) {
    return new RelaySettings(upstream, Optional.of(offered), results);
  }

  public RelaySettings results(ResultFormat chosen) {
    return new RelaySettings(upstream, tls, chosen);
  }
}
