package io.qupersync.sandbox.drill;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The network before the target, which can be cut: it carries bytes and understands none. After a
/// cut the server still does what it was told before, and nobody hears its answer.
final class CuttableNetwork implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CuttableNetwork.class);
  private static final int BUFFER = 1 << 16;

  private final ServerSocket door;
  private final int behind;
  private final Set<Socket> clients = ConcurrentHashMap.newKeySet();

  /// @param behind the server's port on this machine
  CuttableNetwork(int behind) throws IOException {
    this.behind = behind;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("cable").start(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  /// Resets every connection, as the client sees it.
  ///
  /// @return how many there were
  int cut() throws IOException {
    int ended = 0;
    for (Socket client : clients) {
      if (!client.isClosed()) {
        client.setOption(StandardSocketOptions.SO_LINGER, 0);
        client.close();
        ended++;
      }
    }
    return ended;
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        carry(door.accept());
      } catch (IOException failure) {
        LOG.debug("a connection to the target did not come about", failure);
      }
    }
  }

  private void carry(Socket client) throws IOException {
    var server = new Socket();
    try {
      server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), behind), 5000);
    } catch (IOException down) {
      client.setOption(StandardSocketOptions.SO_LINGER, 0);
      client.close();
      server.close();
      return;
    }
    client.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
    clients.add(client);
    Thread.ofVirtual().start(() -> pump(client, server, client));
    Thread.ofVirtual().start(() -> pump(server, client, client));
  }

  private void pump(Socket from, Socket to, Socket client) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[BUFFER];
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        out.write(buffer, 0, length);
      }
    } catch (IOException ended) {
      LOG.trace("a connection to the target has ended", ended);
    } finally {
      clients.remove(client);
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    cut();
  }
}
