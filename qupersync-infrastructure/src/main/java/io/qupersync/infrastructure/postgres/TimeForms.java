package io.qupersync.infrastructure.postgres;

import java.sql.SQLException;

/// Dates and times in binary COPY: counted from the beginning of the year 2000, in days or in
/// microseconds. Knows the ISO style that both databases send, for years of four digits.
final class TimeForms {

  /// In days since the first of January of the year 1.
  private static final long YEAR_2000 = 730_119;

  /// Of a common year, by the number of months that have passed.
  private static final int[] DAYS_BEFORE = {
    0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365
  };

  private static final int MONTHS = 12;
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
    out.cellOfFour((int) days(text, from));
  }

  static void time(byte[] text, int from, int to, BinaryBuffer out) throws SQLException {
    int end = endOfTime(text, from, to);
    if (end != to) {
      throw unknown();
    }
    out.cellOfEight(micros(text, from, end));
  }

  static void timestamp(byte[] text, int from, int to, BinaryBuffer out) throws SQLException {
    int time = startOfTime(text, from, to);
    int end = endOfTime(text, time, to);
    if (end != to) {
      throw unknown();
    }
    out.cellOfEight(days(text, from) * DAY + micros(text, time, end));
  }

  static void timestamptz(byte[] text, int from, int to, BinaryBuffer out) throws SQLException {
    int time = startOfTime(text, from, to);
    int end = endOfTime(text, time, to);
    long local = days(text, from) * DAY + micros(text, time, end);
    out.cellOfEight(local - offset(text, end, to));
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

  /// By hand: it is done for every second cell, and takes a fifth of what a LocalDate would.
  private static long days(byte[] text, int from) throws SQLException {
    require(text[from + 4] == '-' && text[from + 7] == '-');
    int year = two(text, from) * 100 + two(text, from + 2);
    int month = two(text, from + 5);
    int day = two(text, from + 8);
    require(year > 0 && month > 0 && month <= MONTHS);
    boolean isLeap = (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
    int leapDay = isLeap && month > 2 ? 1 : 0;
    int length = DAYS_BEFORE[month] - DAYS_BEFORE[month - 1] + (isLeap && month == 2 ? 1 : 0);
    require(day > 0 && day <= length);
    int before = year - 1;
    long years = 365L * before + before / 4 - before / 100 + before / 400;
    return years + DAYS_BEFORE[month - 1] + leapDay + day - 1 - YEAR_2000;
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
