package io.qupersync.sandbox.relay;

import java.net.Socket;

/// Stands on a loopback port in front of a PostgreSQL and makes it look like Redshift to the
/// unmodified Redshift driver.
///
/// Passwords, rows, errors and cancel requests are the server's own and go by as they are; log-in
/// parameters, the reported version and Redshift's grammar are translated. [#faults()] gives it bad
/// days.
public final class Relay implements AutoCloseable {
  private final RelaySettings settings;
  private final Sessions sessions = new Sessions();
  private final ListeningPort listeningPort = new ListeningPort(this::serve);
  private final Faults faults = new Faults(listeningPort, sessions);

  private Relay(RelaySettings settings) {
    this.settings = settings;
  }

  public static Relay start(RelaySettings settings) {
    var relay = new Relay(settings);
    relay.listeningPort.open();
    return relay;
  }

  public int port() {
    return listeningPort.port();
  }

  public Faults faults() {
    return faults;
  }

  private void serve(Socket client) {
    sessions.start(new Session(client, settings, faults), "relay-session-" + client.getPort());
  }

  /// Hangs up on everybody.
  @Override
  public void close() {
    listeningPort.shut();
    sessions.closeAll();
  }
}
