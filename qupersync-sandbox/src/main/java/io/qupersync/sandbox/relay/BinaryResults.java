package io.qupersync.sandbox.relay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Asks the server for binary results whatever the client asked for, and makes them look like
/// Redshift's, which decides about the format too.
///
/// The driver sends one query at a time, so what arrives belongs to what was described and executed
/// last. The maps are used by the client's side alone, the volatile fields by both.
final class BinaryResults {
  /// A statement, whose columns become known when the server describes it or one of its portals.
  private static final class Described {
    private volatile Optional<RowLayout> layout = Optional.empty();
  }

  private static final Described NOTHING = new Described();

  private final Map<String, Described> statements = new HashMap<>();
  private final Map<String, Described> portals = new HashMap<>();
  private volatile Described described = NOTHING;
  private volatile Described executed = NOTHING;

  void prepares(String statement) {
    statements.put(statement, new Described());
  }

  void describesStatement(String statement) {
    described = statements.getOrDefault(statement, NOTHING);
  }

  void describesPortal(String portal) {
    described = portals.getOrDefault(portal, NOTHING);
  }

  void executes(String portal) {
    executed = portals.getOrDefault(portal, NOTHING);
  }

  /// A simple query, whose result cannot be had in binary.
  void queries() {
    described = NOTHING;
    executed = NOTHING;
  }

  void closesStatement(String statement) {
    statements.remove(statement);
  }

  void closesPortal(String portal) {
    portals.remove(portal);
  }

  /// Sends a Bind that asks for binary.
  void bind(byte[] buffer, int at, OutputStream out) throws IOException {
    int start = at + ProtocolBytes.HEADER;
    String statement = ProtocolBytes.text(buffer, ProtocolBytes.endOfText(buffer, start) + 1);
    portals.put(ProtocolBytes.text(buffer, start), statements.getOrDefault(statement, NOTHING));
    int formats = resultFormats(buffer, start);
    var body = new ByteArrayOutputStream();
    body.write(buffer, start, formats - start);
    // one format, which stands for all columns
    body.writeBytes(new byte[] {0, 1, 0, 1});
    out.write(ProtocolBytes.message('B', body.toByteArray()));
  }

  /// Notes the columns; false when they go on as they are.
  boolean description(byte[] buffer, int at, int length, OutputStream out) throws IOException {
    if (described.equals(NOTHING)) {
      return false;
    }
    var layout = new RowLayout(buffer, at, length);
    described.layout = Optional.of(layout);
    out.write(layout.description());
    return true;
  }

  boolean recodesRows() {
    Optional<RowLayout> layout = executed.layout;
    return layout.isPresent() && layout.get().recodes();
  }

  /// Only where [#recodesRows()].
  void row(byte[] buffer, int at, OutputStream out) throws IOException {
    out.write(executed.layout.orElseThrow().recode(buffer, at));
  }

  /// Behind names, formats and values of the parameters.
  private static int resultFormats(byte[] buffer, int start) {
    int position = ProtocolBytes.endOfText(buffer, start) + 1;
    position = ProtocolBytes.endOfText(buffer, position) + 1;
    position += 2 + 2 * ProtocolBytes.int16(buffer, position);
    int parameters = ProtocolBytes.int16(buffer, position);
    position += 2;
    for (int i = 0; i < parameters; i++) {
      position += 4 + Math.max(0, ProtocolBytes.int32(buffer, position));
    }
    return position;
  }
}
