package io.qupersync.sandbox.relay;

import java.io.IOException;
import java.io.OutputStream;

/// What one direction of a session knows about its messages. Called by its [MessagePump] on one
/// thread.
interface Inspector {
  /// Whether messages of this type must be seen whole. Cheap: asked for every message.
  boolean wants(byte type);

  /// A whole message, header included. It goes on as it is when this returns false; true means that
  /// whatever takes its place, or nothing, has been written to `out`.
  boolean inspect(byte[] buffer, int at, int length, OutputStream out) throws IOException;

  /// The last byte of a message went by; [MessagePump#flush()] hands on all up to here.
  void passed(byte type, MessagePump messagePump) throws IOException;

  /// What was read is about to be sent.
  void beforeFlush() throws IOException;
}
