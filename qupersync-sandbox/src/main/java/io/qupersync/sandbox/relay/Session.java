package io.qupersync.sandbox.relay;

import io.qupersync.sandbox.relay.Fault.Blow;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One client connection and its counterpart at the server, from the first packet to the end of
/// both.
final class Session implements AutoCloseable {
  /// No statement: the server's refusal names it, and so is recognised on its way back.
  static final String REFUSABLE = "fault_of_the_stand_in";

  private static final Logger LOG = LoggerFactory.getLogger(Session.class);

  private final Socket accepted;
  private final Socket server = new Socket();
  private final RelaySettings settings;
  private final Faults faults;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Queue<ErrorResponse> rewordings = new ConcurrentLinkedQueue<>();
  private volatile String running = "";

  Session(Socket accepted, RelaySettings settings, Faults faults) {
    this.accepted = accepted;
    this.settings = settings;
    this.faults = faults;
  }

  /// Serves the client until either side hangs up.
  void serve() {
    try (this) {
      accepted.setTcpNoDelay(true);
      if (faults.newcomersStalled()) {
        await(faults.resumed());
      }
      ConnectionStartup connectionStartup = ConnectionStartup.with(accepted, settings.tls());
      if (connectionStartup.cancels()) {
        forwardCancel(connectionStartup);
        return;
      }
      Optional<ErrorResponse> refusal = faults.loginRefusal();
      if (refusal.isPresent()) {
        connectionStartup.client().getOutputStream().write(refusal.get().bytes());
        cut(ConnectionTeardown.FIN);
        return;
      }
      converse(connectionStartup);
    } catch (IOException gone) {
      // a connection that breaks is everyday life here, and often somebody's intention
      LOG.debug("connection ended", gone);
    }
  }

  private void forwardCancel(ConnectionStartup connectionStartup) throws IOException {
    server.connect(settings.upstream());
    server.getOutputStream().write(ProtocolBytes.startupPacket(connectionStartup.packet()));
    // the server closes when it has taken note; only then may the client see the end
    server.getInputStream().readAllBytes();
  }

  private void converse(ConnectionStartup connectionStartup) throws IOException {
    Socket client = connectionStartup.client();
    server.setTcpNoDelay(true);
    server.connect(settings.upstream());
    server
        .getOutputStream()
        .write(
            ProtocolBytes.startupPacket(StartupParameters.forPostgres(connectionStartup.packet())));
    Optional<BinaryResults> binary =
        settings.results() == ResultFormat.BINARY
            ? Optional.of(new BinaryResults())
            : Optional.empty();
    var toClient = new FaultyOutput(client.getOutputStream(), this, faults);
    var answers =
        new MessagePump(
            server.getInputStream(), toClient, new BackendInspector(this, faults, binary));
    // rows arrive in pieces of 8 KB: waking a virtual thread for each takes twice the CPU
    Thread.ofPlatform().daemon().name("relay-answers").start(() -> pumpAnswers(answers));
    var questions = new FrontendInspector(this, faults, binary);
    new MessagePump(client.getInputStream(), server.getOutputStream(), questions).run();
  }

  private void pumpAnswers(MessagePump answers) {
    try (this) {
      answers.run();
    } catch (IOException gone) {
      LOG.debug("server's side ended", gone);
    }
  }

  /// The statement whose rows are on their way, as the client wrote it.
  String running() {
    return running;
  }

  void runs(String sql) {
    running = sql;
  }

  /// The server's refusal of the next [#REFUSABLE] shall read like this.
  void reword(ErrorResponse errorResponse) {
    rewordings.add(errorResponse);
  }

  Optional<ErrorResponse> nextRewording() {
    return Optional.ofNullable(rewordings.poll());
  }

  /// Deals the blow; returns when the connection may go on, throws when it may not.
  void strike(ArmedFault fault) throws IOException {
    switch (fault.fault().blow()) {
      case Blow.Cut(ConnectionTeardown connectionTeardown) -> {
        faults.struck(fault);
        cut(connectionTeardown);
        throw new IOException("cut");
      }
      case Blow.Stall _ -> {
        CountDownLatch resumed = faults.resumed();
        faults.struck(fault);
        await(resumed);
      }
      case Blow.Pause(Duration duration) -> {
        faults.struck(fault);
        pause(duration);
      }
      case Blow.Say _ -> throw new IOException("an error cannot stand in the middle of a message");
    }
  }

  void cut(ConnectionTeardown connectionTeardown) {
    try {
      if (connectionTeardown == ConnectionTeardown.RST) {
        accepted.setSoLinger(true, 0);
      } else {
        // before the close, which would turn into a reset where the client has something unread
        accepted.shutdownOutput();
      }
    } catch (IOException alreadyBroken) {
      LOG.trace("cutting a broken connection", alreadyBroken);
    }
    close();
  }

  void waitWhileStalled() throws IOException {
    if (faults.stalled()) {
      await(faults.resumed());
    }
  }

  private void await(CountDownLatch signal) throws IOException {
    // looks up now and then whether there is still a connection to wait for
    while (!waited(signal, Duration.ofMillis(100))) {
      pause(Duration.ZERO);
    }
  }

  /// Lets time pass; throws when the session ends meanwhile.
  void pause(Duration duration) throws IOException {
    if (waited(ended, duration)) {
      throw new IOException("session ended");
    }
  }

  private static boolean waited(CountDownLatch signal, Duration atMost) throws IOException {
    try {
      return signal.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  @Override
  public void close() {
    ended.countDown();
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
