package io.qupersync.sandbox.relay;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// The bytes of the PostgreSQL protocol, version 3, as far as the relay reads or writes them
/// itself.
final class ProtocolBytes {
  /// Codes that stand where a start-up message has its protocol version.
  static final int CANCEL_REQUEST = 80877102;

  static final int SSL_REQUEST = 80877103;
  static final int GSS_REQUEST = 80877104;

  /// One type byte and the length.
  static final int HEADER = 5;

  /// Longer than any start-up packet there is; a stranger on the port may send anything.
  private static final int LONGEST_STARTUP = 64 * 1024;

  private ProtocolBytes() {}

  /// The first packets of a connection have a length and no type byte. Returned without the length.
  static byte[] readStartupPacket(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 8 || length > LONGEST_STARTUP) {
      throw new IOException("not a start-up packet: length " + length);
    }
    byte[] body = new byte[length - 4];
    in.readFully(body);
    return body;
  }

  static byte[] startupPacket(byte[] body) {
    return ByteBuffer.allocate(body.length + 4).putInt(body.length + 4).put(body).array();
  }

  static byte[] startupBody(int protocol, Map<String, String> parameters) {
    var body = new ByteArrayOutputStream();
    body.writeBytes(ByteBuffer.allocate(4).putInt(protocol).array());
    parameters.forEach((name, value) -> {
      putText(body, name);
      putText(body, value);
    });
    body.write(0);
    return body.toByteArray();
  }

  static byte[] message(char type, byte[] body) {
    return ByteBuffer.allocate(body.length + HEADER)
        .put((byte) type)
        .putInt(body.length + 4)
        .put(body)
        .array();
  }

  static byte[] parameterStatus(String name, String value) {
    var body = new ByteArrayOutputStream();
    putText(body, name);
    putText(body, value);
    return message('S', body.toByteArray());
  }

  static byte[] error(String severity, String sqlState, String text) {
    var body = new ByteArrayOutputStream();
    putField(body, 'S', severity);
    putField(body, 'V', severity);
    putField(body, 'C', sqlState);
    putField(body, 'M', text);
    body.write(0);
    return message('E', body.toByteArray());
  }

  /// Prepares the unnamed statement.
  static byte[] parse(String sql) {
    var body = new ByteArrayOutputStream();
    body.write(0);
    putText(body, sql);
    body.write(0);
    body.write(0);
    return message('P', body.toByteArray());
  }

  static byte[] query(String sql) {
    var body = new ByteArrayOutputStream();
    putText(body, sql);
    return message('Q', body.toByteArray());
  }

  static void putText(ByteArrayOutputStream to, String text) {
    to.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    to.write(0);
  }

  private static void putField(ByteArrayOutputStream to, char field, String text) {
    to.write(field);
    putText(to, text);
  }

  static int int32(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 24
        | (bytes[at + 1] & 0xff) << 16
        | (bytes[at + 2] & 0xff) << 8
        | (bytes[at + 3] & 0xff);
  }

  static int int16(byte[] bytes, int at) {
    return (short) ((bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff));
  }

  /// The zero-terminated text at a position.
  static String text(byte[] bytes, int at) {
    return new String(bytes, at, endOfText(bytes, at) - at, StandardCharsets.UTF_8);
  }

  /// A stretch of bytes read as text, zeros and all.
  static String text(byte[] bytes, int at, int length) {
    return new String(bytes, at, length, StandardCharsets.UTF_8);
  }

  /// Where the terminating zero of the text stands.
  static int endOfText(byte[] bytes, int at) {
    int end = at;
    while (bytes[end] != 0) {
      end++;
    }
    return end;
  }
}
