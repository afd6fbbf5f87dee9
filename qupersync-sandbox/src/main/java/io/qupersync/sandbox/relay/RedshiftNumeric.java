package io.qupersync.sandbox.relay;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// A numeric in PostgreSQL's binary form: digits in base 10000, and where the decimal point stands.
/// Redshift sends a big-endian two's complement integer instead, whose scale the column declares.
final class RedshiftNumeric {
  private static final int HEADER = 8;
  private static final int POSITIVE = 0x0000;
  private static final int NEGATIVE = 0x4000;
  private static final BigInteger BASE = BigInteger.valueOf(10_000);

  /// Digit groups whose value surely fits a long.
  private static final int SHORT = 4;

  private RedshiftNumeric() {}

  /// The value as Redshift sends it, in 8 or 16 bytes.
  ///
  /// @throws ArithmeticException for NaN and infinities, which Redshift's numeric does not know
  static byte[] scaled(byte[] bytes, int at, int scale, int width) {
    BigInteger unscaled = value(bytes, at).setScale(scale).unscaledValue();
    if (width == Long.BYTES) {
      return ByteBuffer.allocate(Long.BYTES).putLong(unscaled.longValueExact()).array();
    }
    byte[] shortest = unscaled.toByteArray();
    byte[] full = new byte[width];
    if (unscaled.signum() < 0) {
      Arrays.fill(full, (byte) -1);
    }
    System.arraycopy(shortest, 0, full, width - shortest.length, shortest.length);
    return full;
  }

  /// The value as PostgreSQL would print it.
  static String text(byte[] bytes, int at) {
    return switch (ProtocolBytes.int16(bytes, at + 4) & 0xffff) {
      case POSITIVE, NEGATIVE -> value(bytes, at).toPlainString();
      case 0xd000 -> "Infinity";
      case 0xf000 -> "-Infinity";
      default -> "NaN";
    };
  }

  private static BigDecimal value(byte[] bytes, int at) {
    int groups = ProtocolBytes.int16(bytes, at);
    int weight = ProtocolBytes.int16(bytes, at + 2);
    int sign = ProtocolBytes.int16(bytes, at + 4) & 0xffff;
    if (sign != POSITIVE && sign != NEGATIVE) {
      throw new ArithmeticException("Redshift's numeric knows neither NaN nor infinity");
    }
    int displayScale = ProtocolBytes.int16(bytes, at + 6);
    // the last group stands for units of this power of ten
    int exponent = 4 * (weight - groups + 1);
    var magnitude = new BigDecimal(digits(bytes, at + HEADER, groups), -exponent);
    return (sign == NEGATIVE ? magnitude.negate() : magnitude).setScale(displayScale);
  }

  private static BigInteger digits(byte[] bytes, int at, int groups) {
    if (groups <= SHORT) {
      long value = 0;
      for (int i = 0; i < groups; i++) {
        value = value * 10_000 + ProtocolBytes.int16(bytes, at + 2 * i);
      }
      return BigInteger.valueOf(value);
    }
    BigInteger value = BigInteger.ZERO;
    for (int i = 0; i < groups; i++) {
      value = value.multiply(BASE).add(BigInteger.valueOf(ProtocolBytes.int16(bytes, at + 2 * i)));
    }
    return value;
  }
}
