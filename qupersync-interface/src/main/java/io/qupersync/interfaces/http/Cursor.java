package io.qupersync.interfaces.http;

import java.nio.ByteBuffer;
import java.util.Base64;

/// Where a page ended, as the client gives it back for the next one. Clients must not read it: what
/// it holds may change.
final class Cursor {

  private static final byte VERSION = 1;
  private static final int LENGTH = 1 + Long.BYTES;

  private Cursor() {}

  static String after(long id) {
    byte[] bytes = ByteBuffer.allocate(LENGTH).put(VERSION).putLong(id).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// @param field the parameter that held it
  static long read(String field, String cursor) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
      if (bytes.remaining() == LENGTH && bytes.get() == VERSION) {
        return bytes.getLong();
      }
    } catch (IllegalArgumentException _) {
      // told below
    }
    throw Problem.ofField(field, "this is no cursor: give the 'next' of the page before").refusal();
  }
}
