package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.row.Row;
import java.sql.SQLException;
import org.postgresql.copy.CopyIn;

/// Collects the bytes of rows in COPY's text format and sends them in large pieces. Written to by
/// hand instead of through strings: encoding a row costs less than the server needs to read it.
///
/// @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY, text format</a>
final class CopyBuffer {

  private static final int SIZE = 64 * 1024;

  /// As many characters as surely fit after a flush, at three bytes each.
  private static final int BLOCK = SIZE / 4;

  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private final byte[] bytes = new byte[SIZE];
  private final CopyIn copy;
  private int used;

  CopyBuffer(CopyIn copy) {
    this.copy = copy;
  }

  void flush() throws SQLException {
    if (used > 0) {
      copy.writeToCopy(bytes, 0, used);
      used = 0;
    }
  }

  void endCell() throws SQLException {
    ensure(1);
    bytes[used++] = '\t';
  }

  /// The cells of a row, which is not ended by this.
  ///
  /// @param places where in the row each encoder finds its cell
  void cells(Row row, int[] places, CellEncoder[] encoders) throws SQLException {
    for (int i = 0; i < encoders.length; i++) {
      if (i > 0) {
        endCell();
      }
      Object cell = row.cell(places[i]);
      if (cell == null) {
        nothing();
      } else {
        encoders[i].encode(cell, this);
      }
    }
  }

  /// To be called instead of [#endCell] after a row's last cell.
  void endRow() throws SQLException {
    ensure(1);
    bytes[used++] = '\n';
  }

  void nothing() throws SQLException {
    ensure(2);
    bytes[used++] = '\\';
    bytes[used++] = 'N';
  }

  /// ASCII without anything that needs escaping.
  void plain(String text) throws SQLException {
    for (int from = 0; from < text.length(); from += BLOCK) {
      int to = Math.min(text.length(), from + BLOCK);
      ensure(to - from);
      for (int i = from; i < to; i++) {
        bytes[used++] = (byte) text.charAt(i);
      }
    }
  }

  /// ASCII that needs no escaping.
  void plain(char c) throws SQLException {
    ensure(1);
    bytes[used++] = (byte) c;
  }

  void number(long number) throws SQLException {
    ensure(20);
    if (number == Long.MIN_VALUE) {
      plain("-9223372036854775808");
      return;
    }
    long rest = number;
    if (rest < 0) {
      bytes[used++] = '-';
      rest = -rest;
    }
    int end = used + digits(rest);
    used = end;
    do {
      bytes[--end] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest > 0);
  }

  private static int digits(long number) {
    int digits = 1;
    for (long limit = 10; digits < 19 && number >= limit; limit *= 10) {
      digits++;
    }
    return digits;
  }

  /// A number of a fixed width, with zeros in front.
  void padded(int number, int width) throws SQLException {
    ensure(width);
    int rest = number;
    for (int i = used + width - 1; i >= used; i--) {
      bytes[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    used += width;
  }

  /// As `bytea` reads it; the backslash is doubled for COPY.
  void hex(byte[] value) throws SQLException {
    plain("\\\\x");
    for (int from = 0; from < value.length; from += BLOCK) {
      int to = Math.min(value.length, from + BLOCK);
      ensure(2 * (to - from));
      for (int i = from; i < to; i++) {
        bytes[used++] = HEX[value[i] >> 4 & 0xf];
        bytes[used++] = HEX[value[i] & 0xf];
      }
    }
  }

  /// Any text, escaped and in UTF-8.
  void text(String text) throws SQLException {
    int at = 0;
    while (at < text.length()) {
      int end = Math.min(text.length(), at + BLOCK);
      ensure(3 * (end - at) + 1);
      at = block(text, at, end);
    }
  }

  /// Returns where it stopped: at `end`, or one behind it after a surrogate pair.
  private int block(String text, int from, int end) {
    int at = from;
    int to = used;
    while (at < end) {
      char c = text.charAt(at++);
      if (c >= 0x80) {
        used = to;
        at = wide(text, at - 1);
        to = used;
      } else {
        byte escape = escape(c);
        if (escape != 0) {
          bytes[to++] = '\\';
          bytes[to++] = escape;
        } else {
          bytes[to++] = (byte) c;
        }
      }
    }
    used = to;
    return at;
  }

  private static byte escape(char c) {
    return switch (c) {
      case '\\' -> '\\';
      case '\n' -> 'n';
      case '\r' -> 'r';
      case '\t' -> 't';
      default -> 0;
    };
  }

  /// Writes the character at an index that is not ASCII and returns the index after it. Half a
  /// surrogate pair is written as what it is: PostgreSQL refuses it, where Java's own encoder would
  /// turn it into a question mark.
  private int wide(String text, int at) {
    int point = text.codePointAt(at);
    if (point < 0x800) {
      bytes[used++] = (byte) (0xc0 | (point >> 6));
    } else {
      if (point < 0x10000) {
        bytes[used++] = (byte) (0xe0 | (point >> 12));
      } else {
        bytes[used++] = (byte) (0xf0 | (point >> 18));
        bytes[used++] = trailing(point >> 12);
      }
      bytes[used++] = trailing(point >> 6);
    }
    bytes[used++] = trailing(point);
    return at + Character.charCount(point);
  }

  private static byte trailing(int bits) {
    return (byte) (0x80 | (bits & 0x3f));
  }

  private void ensure(int more) throws SQLException {
    if (bytes.length - used < more) {
      flush();
    }
  }
}
