package io.qupersync.infrastructure.redshift;

import io.qupersync.application.port.DatabasePing;
import io.qupersync.application.port.DatabaseProbe.Probed;
import io.qupersync.infrastructure.jdbc.Endpoint;
import io.qupersync.infrastructure.jdbc.SqlFailures;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/// Finds out whether the source answers, without a login: it asks the server whether it speaks TLS,
/// as every driver does first, and hangs up. That leaves no session and wakes no Redshift
/// Serverless.
///
/// @see <a href="https://www.postgresql.org/docs/current/protocol-flow.html">SSL session
///   encryption</a>
public final class RedshiftPing implements DatabasePing {

  private static final Duration PATIENCE = Duration.ofMillis(1200);

  /// Its length and the number that asks for TLS.
  private static final byte[] SSL_REQUEST =
      ByteBuffer.allocate(8).putInt(8).putInt(80_877_103).array();

  private final RedshiftConnections connections;

  public RedshiftPing(RedshiftConnections connections) {
    this.connections = connections;
  }

  /// What messages call the source.
  public String name() {
    return connections
        .server()
        .orElseGet(() -> connections.settings().logins().endpoint())
        .toString();
  }

  @Override
  public Optional<Probed> ping() {
    connections.server().ifPresent(RedshiftPing::knock);
    return Optional.empty();
  }

  private static void knock(Endpoint server) {
    try (var socket = new Socket()) {
      int patience = (int) PATIENCE.toMillis();
      // looked up anew each time: a cluster that was moved has another address
      socket.connect(new InetSocketAddress(server.host(), server.port()), patience);
      socket.setSoTimeout(patience);
      socket.getOutputStream().write(SSL_REQUEST);
      InputStream answer = socket.getInputStream();
      if (answer.read() < 0) {
        throw new EOFException("the server hung up");
      }
    } catch (IOException away) {
      throw new SqlFailures(server).of("connect", new SQLException("no answer", "08001", away));
    }
  }
}
