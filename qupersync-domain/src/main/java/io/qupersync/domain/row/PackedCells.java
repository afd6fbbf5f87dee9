package io.qupersync.domain.row;

import io.qupersync.domain.table.CellText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// Cells to and from their [PackedForm].
final class PackedCells {

  private static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 1);
  private static final LocalDateTime BEGINNING = FIRST_DAY.atStartOfDay();

  /// PostgreSQL has it, Java has not.
  private static final String MIDNIGHT_AT_THE_END = "24:00:00";

  private static final long MICROS_OF_A_DAY = 86_400_000_000L;

  private static final int GROUP = 10_000;
  private static final int GROUP_DIGITS = 4;

  /// The sign of a numeric below zero.
  static final int NEGATIVE = 0x4000;

  private static final int NOT_A_NUMBER = 0xc000;
  private static final int INFINITE = 0xd000;
  private static final int MINUS_INFINITE = 0xf000;

  private PackedCells() {}

  /// How much room a cell may need, but for what every cell may.
  static long mostBytes(@Nullable Object value) {
    return switch (value) {
      case String text -> 3L * text.length();
      case byte[] bytes -> bytes.length;
      case BigDecimal number -> number.precision() + (long) Math.abs(number.scale());
      case null, default -> 0;
    };
  }

  static void pack(Object value, PackedForm form, RowPacker to) {
    switch (form) {
      case TRUTH -> to.addTruth((Boolean) value);
      case SHORT -> to.addTwo(Math.toIntExact((Long) value));
      case INT -> to.addFour(Math.toIntExact((Long) value));
      case LONG -> to.addEight((Long) value);
      case FLOAT -> to.addFour(Float.floatToRawIntBits((Float) value));
      case DOUBLE -> to.addEight(Double.doubleToRawLongBits((Double) value));
      case NUMERIC -> packNumeric(value, to);
      case DATE -> to.addFour(days((LocalDate) value));
      case TIME -> to.addEight(microsOfDay((String) value));
      case TIMESTAMP -> to.addEight(micros((LocalDateTime) value));
      case TIMESTAMPTZ -> to.addEight(micros((Instant) value));
      case BYTES -> to.add((byte[]) value);
      case TEXT -> to.add(CellText.of(value).getBytes(StandardCharsets.UTF_8));
    }
  }

  private static int days(LocalDate date) {
    if (date.equals(LocalDate.MAX)) {
      return Integer.MAX_VALUE;
    }
    return date.equals(LocalDate.MIN)
        ? Integer.MIN_VALUE
        : Math.toIntExact(ChronoUnit.DAYS.between(FIRST_DAY, date));
  }

  private static long microsOfDay(String time) {
    return time.equals(MIDNIGHT_AT_THE_END)
        ? MICROS_OF_A_DAY
        : LocalTime.parse(time).toNanoOfDay() / 1000;
  }

  private static long micros(LocalDateTime moment) {
    if (moment.equals(LocalDateTime.MAX)) {
      return Long.MAX_VALUE;
    }
    return moment.equals(LocalDateTime.MIN)
        ? Long.MIN_VALUE
        : ChronoUnit.MICROS.between(BEGINNING, moment);
  }

  private static long micros(Instant instant) {
    if (instant.equals(Instant.MAX)) {
      return Long.MAX_VALUE;
    }
    return instant.equals(Instant.MIN)
        ? Long.MIN_VALUE
        : micros(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
  }

  private static void packNumeric(Object value, RowPacker to) {
    if (value instanceof BigDecimal number) {
      packDecimal(number, to);
    } else {
      double number = (Double) value;
      int infinite = number > 0 ? INFINITE : MINUS_INFINITE;
      to.beginNumeric(0, 0, Double.isNaN(number) ? NOT_A_NUMBER : infinite, 0);
      to.endNumeric();
    }
  }

  private static void packDecimal(BigDecimal number, RowPacker to) {
    int scale = Math.max(0, number.scale());
    int fractions = (scale + GROUP_DIGITS - 1) / GROUP_DIGITS;
    String digits = number.abs().movePointRight(fractions * GROUP_DIGITS).toBigInteger().toString();
    int groups = (digits.length() + GROUP_DIGITS - 1) / GROUP_DIGITS;
    to.beginDecimal(groups, groups - fractions - 1, number.signum() < 0, scale);
    int end = digits.length() - (groups - 1) * GROUP_DIGITS;
    for (int from = 0; from < digits.length(); end += GROUP_DIGITS) {
      to.addGroup(Integer.parseInt(digits, from, end, 10));
      from = end;
    }
    to.endNumeric();
  }

  /// @param at where its bytes begin, behind their length
  static Object unpack(byte[] packed, int at, int length, PackedForm form) {
    if (!form.fits(length)) {
      throw new IllegalArgumentException("%d bytes that are no %s".formatted(length, form));
    }
    ByteBuffer bytes = ByteBuffer.wrap(packed, at, length);
    return switch (form) {
      case TRUTH -> bytes.get() != 0;
      case SHORT -> (long) bytes.getShort();
      case INT -> (long) bytes.getInt();
      case LONG -> bytes.getLong();
      case FLOAT -> bytes.getFloat();
      case DOUBLE -> bytes.getDouble();
      case NUMERIC -> numeric(bytes);
      case DATE -> date(bytes.getInt());
      case TIME -> time(bytes.getLong());
      case TIMESTAMP -> timestamp(bytes.getLong());
      case TIMESTAMPTZ -> instant(bytes.getLong());
      case BYTES -> bytes(bytes);
      case TEXT -> text(bytes);
    };
  }

  private static Object numeric(ByteBuffer bytes) {
    int groups = bytes.getShort();
    int weight = bytes.getShort();
    int sign = bytes.getShort() & 0xffff;
    int scale = bytes.getShort();
    return switch (sign) {
      case NOT_A_NUMBER -> Double.NaN;
      case INFINITE -> Double.POSITIVE_INFINITY;
      case MINUS_INFINITE -> Double.NEGATIVE_INFINITY;
      case NEGATIVE -> decimal(bytes, groups, weight, scale).negate();
      default -> decimal(bytes, groups, weight, scale);
    };
  }

  private static BigDecimal decimal(ByteBuffer bytes, int groups, int weight, int scale) {
    BigInteger digits = BigInteger.ZERO;
    for (int group = 0; group < groups; group++) {
      digits = digits.multiply(BigInteger.valueOf(GROUP)).add(BigInteger.valueOf(bytes.getShort()));
    }
    return new BigDecimal(digits, (groups - weight - 1) * GROUP_DIGITS).setScale(scale);
  }

  private static LocalDate date(int days) {
    return switch (days) {
      case Integer.MAX_VALUE -> LocalDate.MAX;
      case Integer.MIN_VALUE -> LocalDate.MIN;
      default -> FIRST_DAY.plusDays(days);
    };
  }

  private static String time(long micros) {
    return micros == MICROS_OF_A_DAY
        ? MIDNIGHT_AT_THE_END
        : DateTimeFormatter.ISO_LOCAL_TIME.format(LocalTime.ofNanoOfDay(micros * 1000));
  }

  private static LocalDateTime timestamp(long micros) {
    if (micros == Long.MAX_VALUE) {
      return LocalDateTime.MAX;
    }
    return micros == Long.MIN_VALUE ? LocalDateTime.MIN : BEGINNING.plus(micros, ChronoUnit.MICROS);
  }

  private static Instant instant(long micros) {
    if (micros == Long.MAX_VALUE) {
      return Instant.MAX;
    }
    return micros == Long.MIN_VALUE
        ? Instant.MIN
        : BEGINNING.plus(micros, ChronoUnit.MICROS).toInstant(ZoneOffset.UTC);
  }

  private static byte[] bytes(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return copy;
  }

  // strictly: a replacement character would be another value than the one that was sent
  private static String text(ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException broken) {
      throw new IllegalArgumentException("text that is not valid UTF-8", broken);
    }
  }
}
