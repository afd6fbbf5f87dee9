package io.qupersync.infrastructure.redshift;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/// Dates as the server sends them. The driver's own reading forgets that a year was before Christ,
/// in text and in binary alike.
final class DateCell {

  /// Days count from 2000-01-01; the outermost numbers are the infinities.
  private static final long DAY_ZERO = LocalDate.of(2000, 1, 1).toEpochDay();

  private static final int BINARY_LENGTH = 4;
  private static final int ISO_LENGTH = 10;

  private DateCell() {}

  /// @param sent `2026-03-02`, `0044-03-15 BC`, `infinity`; or the four bytes of a number
  static LocalDate of(byte[] sent) {
    return switch (sent.length) {
      case BINARY_LENGTH -> binary(ByteBuffer.wrap(sent).getInt());
      // nearly every date there is
      case ISO_LENGTH ->
          LocalDate.of(number(sent, 0, 4), number(sent, 5, 7), number(sent, 8, ISO_LENGTH));
      default -> text(new String(sent, StandardCharsets.US_ASCII));
    };
  }

  private static LocalDate binary(int days) {
    return switch (days) {
      case Integer.MAX_VALUE -> LocalDate.MAX;
      case Integer.MIN_VALUE -> LocalDate.MIN;
      default -> LocalDate.ofEpochDay(DAY_ZERO + days);
    };
  }

  private static int number(byte[] sent, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = 10 * number + Character.digit(sent[i], 10);
    }
    return number;
  }

  private static LocalDate text(String text) {
    return switch (text) {
      case "infinity" -> LocalDate.MAX;
      case "-infinity" -> LocalDate.MIN;
      default -> {
        boolean beforeChrist = text.endsWith(" BC");
        String[] parts = (beforeChrist ? text.substring(0, text.length() - 3) : text).split("-", 3);
        int year = Integer.parseInt(parts[0]);
        // 1 BC is the year 0 of the calendar that Java counts by
        yield LocalDate.of(
            beforeChrist ? 1 - year : year, Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
      }
    };
  }
}
