package io.qupersync.sandbox.relay;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/// What the server says: it introduces itself as Redshift, its rows are counted when somebody asked
/// for that, and errors take the place of what it would have said.
final class BackendInspector implements Inspector {
  /// What every Redshift cluster reports; the driver takes decisions by it.
  private static final String REDSHIFT_VERSION = "8.0.2";

  private final Session session;
  private final Faults faults;
  private final Optional<BinaryResults> binary;
  private boolean introduced;

  /// After an error made up in mid-stream: nothing more of this answer reaches the client.
  private boolean swallowing;

  /// The client has just been told that the session is over.
  private boolean hangUp;

  BackendInspector(Session session, Faults faults, Optional<BinaryResults> binary) {
    this.session = session;
    this.faults = faults;
    this.binary = binary;
  }

  @Override
  public boolean wants(byte type) {
    return switch (type) {
      case 'E', 'Z' -> true;
      case 'S' -> swallowing || !introduced;
      case 'T' -> swallowing || binary.isPresent();
      case 'D' -> swallowing || (binary.isPresent() && binary.get().recodesRows());
      default -> swallowing;
    };
  }

  @Override
  public boolean inspect(byte[] buffer, int at, int length, OutputStream out) throws IOException {
    return switch (buffer[at]) {
      case 'Z' -> ready(buffer[at + ProtocolBytes.HEADER], out);
      case 'S' -> introduce(ProtocolBytes.text(buffer, at + ProtocolBytes.HEADER), out);
      case 'E' -> swallowing || reword(ProtocolBytes.text(buffer, at, length), out);
      case 'T', 'D' -> swallowing || recode(buffer, at, length, out);
      default -> swallowing;
    };
  }

  private boolean recode(byte[] buffer, int at, int length, OutputStream out) throws IOException {
    if (binary.isEmpty()) {
      return false;
    }
    if (buffer[at] == 'T') {
      return binary.get().description(buffer, at, length, out);
    }
    binary.get().row(buffer, at, out);
    return true;
  }

  @Override
  public void passed(byte type, MessagePump messagePump) throws IOException {
    if (hangUp) {
      messagePump.flush();
      session.cut(ConnectionTeardown.FIN);
    }
    if (type == 'D' && !swallowing && !faults.noneArmed()) {
      Optional<ArmedFault> fault = faults.atRow(session.running());
      if (fault.isPresent()) {
        strike(fault.get(), messagePump);
      }
    }
  }

  @Override
  public void beforeFlush() {}

  private void strike(ArmedFault fault, MessagePump messagePump) throws IOException {
    messagePump.flush();
    if (fault.fault().blow() instanceof Fault.Blow.Say(ErrorResponse errorResponse)) {
      faults.struck(fault);
      messagePump.say(errorResponse.bytes());
      swallowing = true;
      if (errorResponse.fatal()) {
        session.cut(ConnectionTeardown.FIN);
      }
    } else {
      session.strike(fault);
    }
  }

  /// After an invented error the client must find its transaction failed, as it would be.
  private boolean ready(byte transactionState, OutputStream out) throws IOException {
    introduced = true;
    if (!swallowing) {
      return false;
    }
    swallowing = false;
    out.write(
        ProtocolBytes.message(
            'Z', new byte[] {transactionState == 'T' ? (byte) 'E' : transactionState}));
    return true;
  }

  private boolean introduce(String parameter, OutputStream out) throws IOException {
    if (swallowing || !parameter.equals("server_version")) {
      return swallowing;
    }
    out.write(ProtocolBytes.parameterStatus("server_version", REDSHIFT_VERSION));
    return true;
  }

  private boolean reword(String error, OutputStream out) throws IOException {
    Optional<ErrorResponse> answer =
        error.contains(Session.REFUSABLE) ? session.nextRewording() : Optional.empty();
    if (answer.isEmpty()) {
      return false;
    }
    out.write(answer.get().bytes());
    hangUp = answer.get().fatal();
    return true;
  }
}
