package io.qupersync.sandbox.relay;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/// Moves protocol messages from one socket to another, in pieces as large as they arrive.
///
/// Only five bytes of each message are looked at, unless its [Inspector] asks for the whole: that
/// costs 3 ns a row, so the pump need not be told when somebody counts them.
final class MessagePump {
  private static final int CHUNK = 128 * 1024;

  private final InputStream in;
  private final OutputStream out;
  private final Inspector inspector;

  private byte[] buffer = new byte[CHUNK];
  private int unsent;
  private int position;
  private int end;

  /// Bytes of the message now going by that are still to come.
  private int passing;

  private byte type;

  MessagePump(InputStream in, OutputStream out, Inspector inspector) {
    this.in = in;
    this.out = new BufferedOutputStream(out, CHUNK);
    this.inspector = inspector;
  }

  /// Until the sender has nothing more to say, or either socket breaks.
  void run() throws IOException {
    while (fill()) {
      while (step()) {}
      sendPassed();
      inspector.beforeFlush();
      out.flush();
    }
  }

  /// Hands on everything that went by so far; what the inspector writes next follows it.
  void sendPassed() throws IOException {
    out.write(buffer, unsent, position - unsent);
    unsent = position;
  }

  /// Sends and empties the buffer, so that nothing is held back before a pause or an end.
  void flush() throws IOException {
    sendPassed();
    out.flush();
  }

  /// Puts in a message of the relay's own, at once.
  void say(byte[] message) throws IOException {
    flush();
    out.write(message);
    out.flush();
  }

  private boolean fill() throws IOException {
    if (unsent > 0) {
      System.arraycopy(buffer, unsent, buffer, 0, end - unsent);
      position -= unsent;
      end -= unsent;
      unsent = 0;
    }
    int read = in.read(buffer, end, buffer.length - end);
    if (read < 0) {
      return false;
    }
    end += read;
    return true;
  }

  /// One message, or what is there of it; false when more must be read first.
  private boolean step() throws IOException {
    if (passing > 0) {
      return passOn();
    }
    int available = end - position;
    if (available < ProtocolBytes.HEADER) {
      return false;
    }
    type = buffer[position];
    int length = ProtocolBytes.int32(buffer, position + 1) + 1;
    if (length < ProtocolBytes.HEADER) {
      throw new IOException("not a protocol message: type " + type + ", length " + length);
    }
    if (!inspector.wants(type)) {
      passing = length;
      return true;
    }
    if (available < length) {
      makeRoomFor(length);
      return false;
    }
    inspect(length);
    return true;
  }

  private boolean passOn() throws IOException {
    int now = Math.min(passing, end - position);
    position += now;
    passing -= now;
    if (passing == 0) {
      inspector.passed(type, this);
    }
    return position < end;
  }

  private void inspect(int length) throws IOException {
    sendPassed();
    boolean replaced = inspector.inspect(buffer, position, length, out);
    position += length;
    if (replaced) {
      unsent = position;
    }
    inspector.passed(type, this);
  }

  private void makeRoomFor(int length) {
    if (buffer.length - unsent < length) {
      buffer = Arrays.copyOf(buffer, unsent + length);
    }
  }
}
