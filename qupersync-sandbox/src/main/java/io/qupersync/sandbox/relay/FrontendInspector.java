package io.qupersync.sandbox.relay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/// What the client says: its statements are translated and known by their portals, so that faults
/// can strike at the right one.
final class FrontendInspector implements Inspector {
  private final Session session;
  private final Faults faults;
  private final Optional<BinaryResults> binary;
  private final Statements statements = new Statements();

  FrontendInspector(Session session, Faults faults, Optional<BinaryResults> binary) {
    this.session = session;
    this.faults = faults;
    this.binary = binary;
  }

  @Override
  public boolean wants(byte type) {
    return switch (type) {
      case 'P', 'Q', 'B', 'E', 'C' -> true;
      case 'D' -> binary.isPresent();
      default -> false;
    };
  }

  @Override
  public boolean inspect(byte[] buffer, int at, int length, OutputStream out) throws IOException {
    int start = at + ProtocolBytes.HEADER;
    return switch (buffer[at]) {
      case 'P' -> parse(buffer, at, length, out);
      case 'Q' -> query(buffer, at, length, out);
      case 'B' -> {
        statements.bind(
            ProtocolBytes.text(buffer, start),
            ProtocolBytes.text(buffer, ProtocolBytes.endOfText(buffer, start) + 1));
        if (binary.isPresent()) {
          binary.get().bind(buffer, at, out);
        }
        yield binary.isPresent();
      }
      case 'E' -> execute(buffer, start, out);
      case 'D' -> {
        describe(buffer[start], ProtocolBytes.text(buffer, start + 1));
        yield false;
      }
      default -> {
        close(buffer[start], ProtocolBytes.text(buffer, start + 1));
        yield false;
      }
    };
  }

  @Override
  public void passed(byte type, MessagePump messagePump) {}

  @Override
  public void beforeFlush() throws IOException {
    session.waitWhileStalled();
    if (faults.delayNanos() > 0) {
      session.pause(Duration.ofNanos(faults.delayNanos()));
    }
  }

  /// Name of the statement, its text, types of its parameters.
  private boolean parse(byte[] buffer, int at, int length, OutputStream out) throws IOException {
    int start = at + ProtocolBytes.HEADER;
    int sql = ProtocolBytes.endOfText(buffer, start) + 1;
    statements.prepare(ProtocolBytes.text(buffer, start), ProtocolBytes.text(buffer, sql));
    binary.ifPresent(results -> results.prepares(ProtocolBytes.text(buffer, start)));
    return translate(buffer, at, length, sql, out);
  }

  private boolean query(byte[] buffer, int at, int length, OutputStream out) throws IOException {
    int sql = at + ProtocolBytes.HEADER;
    String text = ProtocolBytes.text(buffer, sql);
    session.runs(text);
    binary.ifPresent(BinaryResults::queries);
    Optional<ArmedFault> fault = faults.atExecute(text);
    if (fault.isPresent()) {
      return strike(fault.get(), out, ProtocolBytes::query);
    }
    return translate(buffer, at, length, sql, out);
  }

  private boolean translate(byte[] buffer, int at, int length, int sql, OutputStream out)
      throws IOException {
    String asked = ProtocolBytes.text(buffer, sql);
    String translated = RedshiftDialect.toPostgres(asked);
    if (translated.equals(asked)) {
      return false;
    }
    int rest = ProtocolBytes.endOfText(buffer, sql) + 1;
    var body = new ByteArrayOutputStream();
    body.write(buffer, at + ProtocolBytes.HEADER, sql - at - ProtocolBytes.HEADER);
    ProtocolBytes.putText(body, translated);
    body.write(buffer, rest, at + length - rest);
    out.write(ProtocolBytes.message((char) buffer[at], body.toByteArray()));
    return true;
  }

  /// Name of the portal, how many rows to return.
  private boolean execute(byte[] buffer, int start, OutputStream out) throws IOException {
    String portal = ProtocolBytes.text(buffer, start);
    String sql = statements.sqlOf(portal);
    session.runs(sql);
    binary.ifPresent(results -> results.executes(portal));
    boolean again = statements.fetchesAgain(portal);
    int rows = ProtocolBytes.int32(buffer, ProtocolBytes.endOfText(buffer, start) + 1);
    // BEGIN has a portal with a name too, and asks for one row
    boolean suspends = !portal.isEmpty() && rows > 1;
    Optional<ArmedFault> fault = again ? faults.atFetch(sql) : firstExecution(suspends, sql);
    if (fault.isPresent()) {
      return strike(fault.get(), out, ProtocolBytes::parse);
    }
    int cap = faults.fetchCap();
    // 0 asks for all rows at once: there is no cursor to be capped
    if (cap == 0 || rows <= cap) {
      return false;
    }
    var body = new ByteArrayOutputStream();
    ProtocolBytes.putText(body, portal);
    body.writeBytes(ByteBuffer.allocate(4).putInt(cap).array());
    out.write(ProtocolBytes.message('E', body.toByteArray()));
    return true;
  }

  private Optional<ArmedFault> firstExecution(boolean suspends, String sql) {
    Optional<ArmedFault> lost = suspends ? faults.atFirstFetch(sql) : Optional.empty();
    return lost.isPresent() ? lost : faults.atExecute(sql);
  }

  /// An error is not made here: the server gets something it must refuse, and the refusal is
  /// reworded on its way back. So transaction, cursor and skipped messages are the server's own.
  private boolean strike(ArmedFault fault, OutputStream out, Refusable refusable)
      throws IOException {
    if (fault.fault().blow() instanceof Fault.Blow.Say(ErrorResponse errorResponse)) {
      faults.struck(fault);
      session.reword(errorResponse);
      out.write(refusable.message(Session.REFUSABLE));
      return true;
    }
    session.strike(fault);
    return false;
  }

  private interface Refusable {
    byte[] message(String sql);
  }

  private void close(byte what, String name) {
    if (what == 'S') {
      statements.closeStatement(name);
      binary.ifPresent(results -> results.closesStatement(name));
    } else {
      statements.closePortal(name);
      binary.ifPresent(results -> results.closesPortal(name));
    }
  }

  private void describe(byte what, String name) {
    if (what == 'S') {
      binary.ifPresent(results -> results.describesStatement(name));
    } else {
      binary.ifPresent(results -> results.describesPortal(name));
    }
  }
}
