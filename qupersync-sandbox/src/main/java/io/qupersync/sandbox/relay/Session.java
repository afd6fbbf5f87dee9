package io.qupersync.sandbox.relay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One client connection and its counterpart at the server, from the first packet to the end of
/// both.
final class Session implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);

  private final Socket accepted;
  private final Socket server = new Socket();
  private final InetSocketAddress upstream;
  private final @Nullable RelayTls tls;

  Session(Socket accepted, InetSocketAddress upstream, @Nullable RelayTls tls) {
    this.accepted = accepted;
    this.upstream = upstream;
    this.tls = tls;
  }

  /// Serves the client until either side hangs up.
  void serve() {
    try (this) {
      accepted.setTcpNoDelay(true);
      Opening opening = Opening.with(accepted, tls);
      server.setTcpNoDelay(true);
      server.connect(upstream);
      if (opening.cancels()) {
        forwardCancel(opening);
      } else {
        converse(opening);
      }
    } catch (IOException gone) {
      // a connection that breaks is everyday life here, and often somebody's intention
      LOG.debug("connection ended", gone);
    }
  }

  private void forwardCancel(Opening opening) throws IOException {
    server.getOutputStream().write(Wire.startupPacket(opening.packet()));
    // the server closes when it has taken note; only then may the client see the end
    server.getInputStream().readAllBytes();
  }

  private void converse(Opening opening) throws IOException {
    Socket client = opening.client();
    server
        .getOutputStream()
        .write(Wire.startupPacket(StartupParameters.forPostgres(opening.packet())));
    var answers =
        new Pump(server.getInputStream(), client.getOutputStream(), new BackendInspector());
    Thread.ofVirtual().name("relay-answers-", 0).start(() -> pumpAnswers(answers));
    new Pump(client.getInputStream(), server.getOutputStream(), new FrontendInspector()).run();
  }

  private void pumpAnswers(Pump answers) {
    try (this) {
      answers.run();
    } catch (IOException gone) {
      LOG.debug("server's side ended", gone);
    }
  }

  @Override
  public void close() {
    closeQuietly(accepted);
    closeQuietly(server);
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException alreadyBroken) {
      LOG.trace("closing a broken socket", alreadyBroken);
    }
  }
}
