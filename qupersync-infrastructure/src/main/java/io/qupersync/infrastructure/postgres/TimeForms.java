package io.qupersync.infrastructure.postgres;

import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;

/// Dates and times in binary COPY: counted from the beginning of the year 2000, in days or in
/// microseconds. Knows the ISO style that both databases send, for years of four digits.
final class TimeForms {

  private static final long YEAR_2000 = LocalDate.of(2000, 1, 1).toEpochDay();
  private static final int DATE = "2000-01-01".length();
  private static final int TIME = "00:00:00".length();
  private static final int FRACTION = 6;
  private static final long SECOND = 1_000_000;
  private static final long DAY = 86_400 * SECOND;

  private TimeForms() {}

  static void date(byte[] text, int from, int to, BinaryBuffer out) throws SQLException {
    if (to - from != DATE) {
      throw unknown();
    }
    out.cell(Integer.BYTES);
    out.fourBytes((int) days(text, from));
  }

  static void time(byte[] text, int from, int to, BinaryBuffer out) throws SQLException {
    int end = endOfTime(text, from, to);
    if (end != to) {
      throw unknown();
    }
    out.cell(Long.BYTES);
    out.eightBytes(micros(text, from, end));
  }

  static void timestamp(byte[] text, int from, int to, BinaryBuffer out) throws SQLException {
    int time = startOfTime(text, from, to);
    int end = endOfTime(text, time, to);
    if (end != to) {
      throw unknown();
    }
    out.cell(Long.BYTES);
    out.eightBytes(days(text, from) * DAY + micros(text, time, end));
  }

  static void timestamptz(byte[] text, int from, int to, BinaryBuffer out) throws SQLException {
    int time = startOfTime(text, from, to);
    int end = endOfTime(text, time, to);
    long local = days(text, from) * DAY + micros(text, time, end);
    out.cell(Long.BYTES);
    out.eightBytes(local - offset(text, end, to));
  }

  private static int startOfTime(byte[] text, int from, int to) throws SQLException {
    if (to - from < DATE + 1 + TIME || text[from + DATE] != ' ') {
      throw unknown();
    }
    return from + DATE + 1;
  }

  private static int endOfTime(byte[] text, int from, int to) throws SQLException {
    int end = from + TIME;
    if (end > to) {
      throw unknown();
    }
    if (end < to && text[end] == '.') {
      end++;
      while (end < to && text[end] >= '0' && text[end] <= '9') {
        end++;
      }
    }
    return end;
  }

  private static long days(byte[] text, int from) throws SQLException {
    require(text[from + 4] == '-' && text[from + 7] == '-');
    int year = two(text, from) * 100 + two(text, from + 2);
    require(year > 0);
    try {
      return LocalDate.of(year, two(text, from + 5), two(text, from + 8)).toEpochDay() - YEAR_2000;
    } catch (DateTimeException notOne) {
      throw unknown();
    }
  }

  private static long micros(byte[] text, int from, int to) throws SQLException {
    require(text[from + 2] == ':' && text[from + 5] == ':');
    int hour = two(text, from);
    int minute = two(text, from + 3);
    int second = two(text, from + 6);
    require(hour < 24 && minute < 60 && second < 60);
    long seconds = (hour * 60L + minute) * 60 + second;
    return seconds * SECOND + fraction(text, from + TIME, to);
  }

  private static long fraction(byte[] text, int point, int to) throws SQLException {
    if (point == to) {
      return 0;
    }
    int digits = to - point - 1;
    // more digits would have to be rounded, which is PostgreSQL's to do
    require(digits > 0 && digits <= FRACTION);
    long micros = 0;
    for (int place = 1; place <= FRACTION; place++) {
      micros = micros * 10 + (place <= digits ? NumberForms.digit(text[point + place]) : 0);
    }
    return micros;
  }

  /// `+02`, `-03:30`, `+00:19:32`.
  private static long offset(byte[] text, int from, int to) throws SQLException {
    int length = to - from;
    require(length == 3 || length == 6 || length == 9);
    require(text[from] == '+' || text[from] == '-');
    long seconds = two(text, from + 1) * 3600L;
    if (length > 3) {
      require(text[from + 3] == ':');
      seconds += two(text, from + 4) * 60L;
    }
    if (length > 6) {
      require(text[from + 6] == ':');
      seconds += two(text, from + 7);
    }
    return text[from] == '-' ? -seconds * SECOND : seconds * SECOND;
  }

  private static int two(byte[] text, int at) throws SQLException {
    return 10 * NumberForms.digit(text[at]) + NumberForms.digit(text[at + 1]);
  }

  private static void require(boolean condition) throws SQLException {
    if (!condition) {
      throw unknown();
    }
  }

  private static SQLException unknown() {
    return BinaryForm.unknown("a time");
  }
}
