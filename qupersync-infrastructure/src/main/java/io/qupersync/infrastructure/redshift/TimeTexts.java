package io.qupersync.infrastructure.redshift;

import io.qupersync.domain.row.RowPacker;

/// Packs dates and times that were sent as text: counted from the beginning of the year 2000, in
/// days or in microseconds. Knows the ISO style, for years of four digits.
final class TimeTexts {

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

  private TimeTexts() {}

  static void date(byte[] sent, RowPacker to) {
    require(sent.length == DATE);
    to.addFour((int) days(sent));
  }

  static void time(byte[] sent, RowPacker to) {
    require(endOfTime(sent, 0) == sent.length);
    to.addEight(micros(sent, 0, sent.length));
  }

  static void timestamp(byte[] sent, RowPacker to) {
    requireDateAndTime(sent);
    require(endOfTime(sent, DATE + 1) == sent.length);
    to.addEight(days(sent) * DAY + micros(sent, DATE + 1, sent.length));
  }

  static void timestamptz(byte[] sent, RowPacker to) {
    requireDateAndTime(sent);
    int end = endOfTime(sent, DATE + 1);
    long local = days(sent) * DAY + micros(sent, DATE + 1, end);
    to.addEight(local - offset(sent, end));
  }

  private static void requireDateAndTime(byte[] sent) {
    require(sent.length >= DATE + 1 + TIME && sent[DATE] == ' ');
  }

  private static int endOfTime(byte[] sent, int from) {
    int end = from + TIME;
    require(end <= sent.length);
    if (end < sent.length && sent[end] == '.') {
      end++;
      while (end < sent.length && sent[end] >= '0' && sent[end] <= '9') {
        end++;
      }
    }
    return end;
  }

  /// By hand: it is done for every second cell, and takes a fifth of what a LocalDate would.
  private static long days(byte[] text) {
    require(text[4] == '-' && text[7] == '-');
    int year = two(text, 0) * 100 + two(text, 2);
    int month = two(text, 5);
    int day = two(text, 8);
    require(year > 0 && month > 0 && month <= MONTHS);
    boolean isLeap = (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
    int leapDay = isLeap && month > 2 ? 1 : 0;
    int length = DAYS_BEFORE[month] - DAYS_BEFORE[month - 1] + (isLeap && month == 2 ? 1 : 0);
    require(day > 0 && day <= length);
    int before = year - 1;
    long years = 365L * before + before / 4 - before / 100 + before / 400;
    return years + DAYS_BEFORE[month - 1] + leapDay + day - 1 - YEAR_2000;
  }

  private static long micros(byte[] text, int from, int to) {
    require(text[from + 2] == ':' && text[from + 5] == ':');
    int hour = two(text, from);
    int minute = two(text, from + 3);
    int second = two(text, from + 6);
    require(hour < 24 && minute < 60 && second < 60);
    long seconds = (hour * 60L + minute) * 60 + second;
    return seconds * SECOND + fraction(text, from + TIME, to);
  }

  private static long fraction(byte[] text, int point, int to) {
    if (point == to) {
      return 0;
    }
    int digits = to - point - 1;
    // more digits would have to be rounded, which is PostgreSQL's to do
    require(digits > 0 && digits <= FRACTION);
    long micros = 0;
    for (int place = 1; place <= FRACTION; place++) {
      micros = micros * 10 + (place <= digits ? NumberTexts.digit(text[point + place]) : 0);
    }
    return micros;
  }

  /// `+02`, `-03:30`, `+00:19:32`.
  private static long offset(byte[] text, int from) {
    int length = text.length - from;
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

  private static int two(byte[] text, int at) {
    return 10 * NumberTexts.digit(text[at]) + NumberTexts.digit(text[at + 1]);
  }

  private static void require(boolean condition) {
    if (!condition) {
      throw new UnencodableText();
    }
  }
}
