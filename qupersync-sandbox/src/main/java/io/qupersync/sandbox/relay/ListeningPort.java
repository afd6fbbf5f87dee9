package io.qupersync.sandbox.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The port that clients knock at: can be shut, so that they are refused, and opened again.
final class ListeningPort {
  private static final Logger LOG = LoggerFactory.getLogger(ListeningPort.class);

  private final Consumer<Socket> guests;
  private @Nullable ServerSocket listener;
  private Thread doorman = new Thread();
  private int port;

  /// Shut at first.
  ListeningPort(Consumer<Socket> guests) {
    this.guests = guests;
  }

  synchronized void open() {
    if (listener != null) {
      return;
    }
    try {
      // a port that old connections still use may be bound again
      ServerSocket opened = new ServerSocket();
      opened.setReuseAddress(true);
      opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
      port = opened.getLocalPort();
      listener = opened;
      doorman = Thread.ofVirtual().name("relay-door-" + port).start(() -> accept(opened));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  synchronized void shut() {
    if (listener == null) {
      return;
    }
    try {
      listener.close();
      listener = null;
      // the port is free only when the thread that waits at it has noticed
      doorman.join(Duration.ofMinutes(1));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  synchronized int port() {
    return port;
  }

  private void accept(ServerSocket opened) {
    while (!opened.isClosed()) {
      try {
        guests.accept(opened.accept());
      } catch (IOException shut) {
        LOG.debug("no longer listening", shut);
      }
    }
  }
}
