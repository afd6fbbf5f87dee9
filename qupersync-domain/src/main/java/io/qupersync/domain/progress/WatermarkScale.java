package io.qupersync.domain.progress;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/// Marks as whole numbers, so that the space between two can be divided: numbers themselves, days,
/// and microseconds. A number beyond 64 bits is as good as any.
final class WatermarkScale {

  private static final BigInteger MICROS = BigInteger.valueOf(1_000_000);

  private WatermarkScale() {}

  /// Whether marks of this kind lie on a line.
  static boolean holds(WatermarkValue.Kind kind) {
    return kind != WatermarkValue.Kind.TEXT;
  }

  /// The place at or right below the mark.
  static BigInteger place(WatermarkValue watermarkValue) {
    return switch (watermarkValue) {
      case WatermarkValue.Numeric(BigDecimal cell) ->
          cell.setScale(0, RoundingMode.FLOOR).toBigInteger();
      case WatermarkValue.Date(LocalDate cell) -> BigInteger.valueOf(cell.toEpochDay());
      case WatermarkValue.Timestamp(LocalDateTime cell) -> micros(cell.toInstant(ZoneOffset.UTC));
      case WatermarkValue.TimestampTz(Instant cell) -> micros(cell);
      case WatermarkValue.Text _ -> throw offTheLine(watermarkValue.kind());
    };
  }

  static WatermarkValue at(BigInteger place, WatermarkValue.Kind kind) {
    return switch (kind) {
      case NUMBER -> new WatermarkValue.Numeric(new BigDecimal(place));
      case DATE -> new WatermarkValue.Date(LocalDate.ofEpochDay(place.longValueExact()));
      case TIMESTAMP ->
          new WatermarkValue.Timestamp(LocalDateTime.ofInstant(instant(place), ZoneOffset.UTC));
      case TIMESTAMPTZ -> new WatermarkValue.TimestampTz(instant(place));
      case TEXT -> throw offTheLine(kind);
    };
  }

  private static BigInteger micros(Instant instant) {
    return BigInteger.valueOf(instant.getEpochSecond())
        .multiply(MICROS)
        .add(BigInteger.valueOf(instant.getNano() / 1000));
  }

  private static Instant instant(BigInteger micros) {
    BigInteger[] parts = micros.divideAndRemainder(MICROS);
    return Instant.ofEpochSecond(parts[0].longValueExact())
        .plus(parts[1].longValueExact(), ChronoUnit.MICROS);
  }

  private static IllegalArgumentException offTheLine(WatermarkValue.Kind kind) {
    return new IllegalArgumentException("what lies between two marks is unknown: " + kind);
  }
}
