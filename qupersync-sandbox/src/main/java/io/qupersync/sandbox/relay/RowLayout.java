package io.qupersync.sandbox.relay;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The columns of a result in binary, and what must be done to their values so that they look like
/// Redshift's.
final class RowLayout {
  private static final int NUMERIC = 1700;
  private static final int INTERVAL = 1186;
  private static final long MICROS_PER_DAY = 86_400_000_000L;

  /// oid, xid and cid: unsigned numbers of the catalogs, which the driver can only read as text.
  private static final List<Integer> CATALOG_NUMBERS = List.of(26, 28, 29);

  /// The largest precision whose values Redshift sends in 8 bytes.
  private static final int LONG_PRECISION = 18;

  private static final int UNSTATED = -1;

  private sealed interface Recoding {
    record None() implements Recoding {}

    record Scaled(int scale, int width) implements Recoding {}

    record NumericToText() implements Recoding {}

    record UnsignedToText() implements Recoding {}

    /// PostgreSQL 8.0 kept no days apart from the time: 12 bytes instead of 16.
    record WithoutDays() implements Recoding {}

    default boolean toText() {
      return this instanceof NumericToText || this instanceof UnsignedToText;
    }
  }

  private final List<Recoding> columns = new ArrayList<>();
  private final byte[] description;

  /// Reads a RowDescription. That of a statement says "text", for its result was not asked for yet.
  RowLayout(byte[] buffer, int at, int length) {
    description = Arrays.copyOfRange(buffer, at, at + length);
    int position = ProtocolBytes.HEADER;
    int count = ProtocolBytes.int16(description, position);
    position += 2;
    for (int i = 0; i < count; i++) {
      // after the name: table 4, column 2, type 4, size 2, modifier 4, format 2
      int type = ProtocolBytes.endOfText(description, position) + 1 + 6;
      int format = type + 10;
      Recoding recoding = recoding(type);
      columns.add(recoding);
      description[format + 1] = (byte) (recoding.toText() ? 0 : 1);
      position = format + 2;
    }
  }

  /// The RowDescription that the client is to see.
  byte[] description() {
    return description;
  }

  boolean recodes() {
    return columns.stream().anyMatch(column -> !(column instanceof Recoding.None));
  }

  /// A DataRow for the client, made from the server's.
  byte[] recode(byte[] buffer, int at) {
    var body = new ByteArrayOutputStream();
    int position = at + ProtocolBytes.HEADER;
    body.write(buffer, position, 2);
    position += 2;
    for (Recoding column : columns) {
      int length = ProtocolBytes.int32(buffer, position);
      position += 4;
      if (length < 0) {
        put(body, length, new byte[0], 0);
        continue;
      }
      switch (column) {
        case Recoding.None _ -> {
          body.writeBytes(ByteBuffer.allocate(4).putInt(length).array());
          body.write(buffer, position, length);
        }
        case Recoding.Scaled(int scale, int width) ->
            put(body, width, RedshiftNumeric.scaled(buffer, position, scale, width), width);
        case Recoding.NumericToText _ -> putText(body, RedshiftNumeric.text(buffer, position));
        case Recoding.WithoutDays _ ->
            put(body, 12, intervalWithoutDays(ByteBuffer.wrap(buffer, position, length)), 12);
        case Recoding.UnsignedToText _ ->
            putText(body, Integer.toUnsignedString(ProtocolBytes.int32(buffer, position)));
      }
      position += length;
    }
    return ProtocolBytes.message('D', body.toByteArray());
  }

  private Recoding recoding(int type) {
    int oid = ProtocolBytes.int32(description, type);
    if (CATALOG_NUMBERS.contains(oid)) {
      return new Recoding.UnsignedToText();
    }
    if (oid == INTERVAL) {
      return new Recoding.WithoutDays();
    }
    if (oid != NUMERIC) {
      return new Recoding.None();
    }
    int modifier = ProtocolBytes.int32(description, type + 6);
    if (modifier == UNSTATED) {
      return new Recoding.NumericToText();
    }
    int precision = (modifier - 4) >> 16;
    int scale = (modifier - 4) & 0x7ff;
    return new Recoding.Scaled(scale, precision <= LONG_PRECISION ? 8 : 16);
  }

  /// Time, days and months become time and months.
  private static byte[] intervalWithoutDays(ByteBuffer interval) {
    long micros = interval.getLong();
    return ByteBuffer.allocate(12)
        .putLong(micros + interval.getInt() * MICROS_PER_DAY)
        .putInt(interval.getInt())
        .array();
  }

  private static void putText(ByteArrayOutputStream to, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    put(to, bytes.length, bytes, bytes.length);
  }

  private static void put(ByteArrayOutputStream to, int length, byte[] value, int count) {
    to.writeBytes(ByteBuffer.allocate(4).putInt(length).array());
    to.write(value, 0, count);
  }
}
