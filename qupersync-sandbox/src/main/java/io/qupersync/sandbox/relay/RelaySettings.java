package io.qupersync.sandbox.relay;

import java.net.InetSocketAddress;
import java.util.Optional;

/// What a [Relay] stands in front of, and how it speaks to clients.
///
/// @param upstream the PostgreSQL behind it
/// @param tls offered to whoever asks for encryption; without it they are told there is none
public record RelaySettings(InetSocketAddress upstream, Optional<RelayTls> tls) {

  public static RelaySettings inFrontOf(InetSocketAddress upstream) {
    return new RelaySettings(upstream, Optional.empty());
  }

  public RelaySettings offering(RelayTls offered) {
    return new RelaySettings(upstream, Optional.of(offered));
  }
}
