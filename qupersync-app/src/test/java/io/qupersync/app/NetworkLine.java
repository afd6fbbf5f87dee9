package io.qupersync.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The network before a database, which can stop to carry anything in several ways. */
final class NetworkLine implements AutoCloseable {

  private static final int BACKLOG = 1;

  private final ServerSocket door;
  private final int behind;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final List<Socket> crowd = new ArrayList<>();
  private final Object lock = new Object();
  private boolean isSilent;
  private boolean isShut;

  NetworkLine(int behind) throws IOException {
    this.behind = behind;
    this.door = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("line").start(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  /** The database hangs: connections are accepted, and nothing is answered any more. */
  void fallSilent() {
    synchronized (lock) {
      isSilent = true;
    }
  }

  /** Packets are dropped: what is open hangs, and who connects waits in vain. */
  void dropPackets() throws IOException {
    synchronized (lock) {
      isSilent = true;
      isShut = true;
    }
    // the queue before a door that nobody opens is full after a few
    while (true) {
      var socket = new Socket();
      crowd.add(socket);
      try {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), 200);
      } catch (SocketTimeoutException full) {
        return;
      }
    }
  }

  /** All is well again. */
  void restore() throws IOException {
    for (Socket each : crowd) {
      each.close();
    }
    crowd.clear();
    synchronized (lock) {
      isSilent = false;
      isShut = false;
      lock.notifyAll();
    }
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        awaitOpen();
        carry(door.accept());
      } catch (IOException closed) {
        // by the test, or by who was in the crowd
      }
    }
  }

  private void awaitOpen() {
    synchronized (lock) {
      while (isShut && !door.isClosed()) {
        await();
      }
    }
  }

  private void awaitVoice() {
    synchronized (lock) {
      while (isSilent && !door.isClosed()) {
        await();
      }
    }
  }

  private void await() {
    try {
      lock.wait();
    } catch (InterruptedException interrupt) {
      throw new IllegalStateException(interrupt);
    }
  }

  private void carry(Socket client) throws IOException {
    sockets.add(client);
    Thread.ofVirtual()
        .start(() -> {
          awaitVoice();
          try {
            var server = new Socket(InetAddress.getLoopbackAddress(), behind);
            sockets.add(server);
            Thread.ofVirtual().start(() -> pump(client, server));
            pump(server, client);
          } catch (IOException down) {
            reset(client);
          }
        });
  }

  private void pump(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[1 << 16];
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        awaitVoice();
        out.write(buffer, 0, length);
      }
    } catch (IOException ended) {
      reset(to);
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private static void reset(Socket socket) {
    try {
      socket.setOption(StandardSocketOptions.SO_LINGER, 0);
      socket.close();
    } catch (IOException closed) {
      // already
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    restore();
    sockets.forEach(NetworkLine::reset);
  }
}
