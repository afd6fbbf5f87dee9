package io.qupersync.sandbox.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stands on a loopback port in front of a PostgreSQL and makes it look like Redshift to the
/// unmodified Redshift driver.
///
/// Passwords, rows, errors and cancel requests are the server's own and go by as they are; log-in
/// parameters, the reported version and Redshift's grammar are translated.
public final class Relay implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

  private final ServerSocket listener;
  private final InetSocketAddress upstream;
  private final @Nullable RelayTls tls;
  private final Set<Session> sessions = ConcurrentHashMap.newKeySet();

  private Relay(ServerSocket listener, InetSocketAddress upstream, @Nullable RelayTls tls) {
    this.listener = listener;
    this.upstream = upstream;
    this.tls = tls;
  }

  /// In front of the PostgreSQL at this address, without encryption.
  public static Relay start(InetSocketAddress upstream) {
    return open(upstream, null);
  }

  /// Offers TLS to whoever asks for it; who does not is served in clear.
  public static Relay start(InetSocketAddress upstream, RelayTls tls) {
    return open(upstream, tls);
  }

  private static Relay open(InetSocketAddress upstream, @Nullable RelayTls tls) {
    try {
      var listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
      var relay = new Relay(listener, upstream, tls);
      Thread.ofVirtual().name("relay-accept-" + relay.port()).start(relay::accept);
      return relay;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        serve(listener.accept());
      } catch (IOException closed) {
        LOG.debug("no longer listening", closed);
      }
    }
  }

  private void serve(Socket client) {
    var session = new Session(client, upstream, tls);
    sessions.add(session);
    Thread.ofVirtual()
        .name("relay-session-" + client.getPort())
        .start(() -> {
          try {
            session.serve();
          } finally {
            sessions.remove(session);
          }
        });
  }

  /// Hangs up on everybody.
  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } finally {
      sessions.forEach(Session::close);
    }
  }
}
