package io.qupersync.sandbox.relay;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.Optional;
import javax.net.ssl.SSLSocket;

/// The first packets of a connection, before the protocol proper: encryption or not, then either a
/// log-in or a request to cancel somebody else's query.
final class ConnectionStartup {
  private final Socket client;
  private final byte[] packet;

  private ConnectionStartup(Socket client, byte[] packet) {
    this.client = client;
    this.packet = packet;
  }

  static ConnectionStartup with(Socket accepted, Optional<RelayTls> tls) throws IOException {
    Socket client = accepted;
    while (true) {
      var in = new DataInputStream(client.getInputStream());
      byte[] packet = ProtocolBytes.readStartupPacket(in);
      switch (ProtocolBytes.int32(packet, 0)) {
        case ProtocolBytes.SSL_REQUEST -> {
          client.getOutputStream().write(tls.isPresent() ? 'S' : 'N');
          if (tls.isPresent()) {
            client = encrypted(accepted, tls.get());
          }
        }
        case ProtocolBytes.GSS_REQUEST -> client.getOutputStream().write('N');
        default -> {
          return new ConnectionStartup(client, packet);
        }
      }
    }
  }

  /// The socket to talk to from now on, wrapped where TLS was agreed upon.
  Socket client() {
    return client;
  }

  /// The last packet, without its length.
  byte[] packet() {
    return packet;
  }

  boolean cancels() {
    return ProtocolBytes.int32(packet, 0) == ProtocolBytes.CANCEL_REQUEST;
  }

  private static Socket encrypted(Socket plain, RelayTls tls) throws IOException {
    var encrypted =
        (SSLSocket)
            tls.context()
                .getSocketFactory()
                .createSocket(
                    plain, plain.getInetAddress().getHostAddress(), plain.getPort(), true);
    encrypted.setUseClientMode(false);
    encrypted.startHandshake();
    return encrypted;
  }
}
