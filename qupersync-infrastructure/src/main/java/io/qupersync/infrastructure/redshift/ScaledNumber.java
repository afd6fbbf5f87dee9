package io.qupersync.infrastructure.redshift;

import io.qupersync.domain.row.RowPacker;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/// Packs the numerics that Redshift sends in binary: whole numbers of 8 or 16 bytes, to be divided
/// by a power of ten that the column's scale tells.
///
/// @param scale digits behind the point
/// @param shift power of ten by which the digits behind the point fill groups of four
record ScaledNumber(int scale, long shift) {

  private static final int GROUP = 10_000;
  private static final int GROUP_DIGITS = 4;
  private static final long[] SHIFTS = {1, 1000, 100, 10};

  static ScaledNumber of(int scale) {
    return new ScaledNumber(scale, SHIFTS[scale % GROUP_DIGITS]);
  }

  void pack(byte[] sent, RowPacker to) {
    ByteBuffer bytes = ByteBuffer.wrap(sent);
    boolean isLong =
        switch (sent.length) {
          case Long.BYTES -> true;
          // the upper half only repeats the sign
          case 2 * Long.BYTES -> bytes.getLong() == bytes.getLong(Long.BYTES) >> (Long.SIZE - 1);
          default -> throw new UnencodableText();
        };
    long number = isLong ? bytes.getLong() : 0;
    long most = Long.MAX_VALUE / shift;
    if (isLong && number <= most && number >= -most) {
      pack(number, to);
    } else {
      to.addCell(new BigDecimal(new BigInteger(sent), scale));
    }
  }

  private void pack(long number, RowPacker to) {
    int fractions = (scale + GROUP_DIGITS - 1) / GROUP_DIGITS;
    long digits = Math.abs(number) * shift;
    int groups = 1;
    long first = 1;
    while (digits / first >= GROUP) {
      first *= GROUP;
      groups++;
    }
    to.beginDecimal(groups, groups - fractions - 1, number < 0, scale);
    for (long unit = first; unit > 0; unit /= GROUP) {
      to.addGroup((int) (digits / unit % GROUP));
    }
    to.endNumeric();
  }
}
