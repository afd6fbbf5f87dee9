package io.qupersync.infrastructure.postgres;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.sql.SQLException;
import org.postgresql.copy.CopyIn;

/// Collects the bytes of rows in COPY's binary format and sends them in large pieces.
///
/// @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY, binary format</a>
final class BinaryBuffer {

  private static final int SIZE = 64 * 1024;
  private static final byte[] HEADER = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };
  private static final int END = -1;
  private static final int NULL = -1;

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] bytes = new byte[SIZE];
  private final CopyIn copy;
  private int used;

  BinaryBuffer(CopyIn copy) {
    this.copy = copy;
  }

  void begin() throws SQLException {
    raw(HEADER, 0, HEADER.length);
  }

  void row(int cells) throws SQLException {
    twoBytes(cells);
  }

  void nothing() throws SQLException {
    fourBytes(NULL);
  }

  /// To be followed by so many bytes.
  void cell(int length) throws SQLException {
    fourBytes(length);
  }

  void cellOfTwo(int value) throws SQLException {
    ensure(Integer.BYTES + Short.BYTES);
    INT.set(bytes, used, Short.BYTES);
    SHORT.set(bytes, used + Integer.BYTES, (short) value);
    used += Integer.BYTES + Short.BYTES;
  }

  void cellOfFour(int value) throws SQLException {
    ensure(2 * Integer.BYTES);
    INT.set(bytes, used, Integer.BYTES);
    INT.set(bytes, used + Integer.BYTES, value);
    used += 2 * Integer.BYTES;
  }

  void cellOfEight(long value) throws SQLException {
    ensure(Integer.BYTES + Long.BYTES);
    INT.set(bytes, used, Long.BYTES);
    LONG.set(bytes, used + Integer.BYTES, value);
    used += Integer.BYTES + Long.BYTES;
  }

  void end() throws SQLException {
    twoBytes(END);
    flush();
  }

  void oneByte(int value) throws SQLException {
    ensure(1);
    bytes[used++] = (byte) value;
  }

  void twoBytes(int value) throws SQLException {
    ensure(Short.BYTES);
    SHORT.set(bytes, used, (short) value);
    used += Short.BYTES;
  }

  private void fourBytes(int value) throws SQLException {
    ensure(Integer.BYTES);
    INT.set(bytes, used, value);
    used += Integer.BYTES;
  }

  void raw(byte[] from, int at, int length) throws SQLException {
    if (length > SIZE) {
      flush();
      for (int sent = 0; sent < length; sent += SIZE) {
        copy.writeToCopy(from, at + sent, Math.min(SIZE, length - sent));
      }
      return;
    }
    ensure(length);
    System.arraycopy(from, at, bytes, used, length);
    used += length;
  }

  private void ensure(int more) throws SQLException {
    if (bytes.length - used < more) {
      flush();
    }
  }

  private void flush() throws SQLException {
    if (used > 0) {
      copy.writeToCopy(bytes, 0, used);
      used = 0;
    }
  }
}
