package io.qupersync.infrastructure.postgres;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;

/// Numbers and truths in binary COPY.
final class NumberForms {

  private static final int GROUP = 4;
  private static final int LONGEST_NUMERIC = 1000;
  private static final int NEGATIVE = 0x4000;

  /// Decimal digits that fit a long whatever they are.
  private static final int SAFE_DIGITS = 18;

  /// All whole numbers up to here are doubles, and so are the powers of ten below: their quotient
  /// is then the double nearest to the decimal, as IEEE 754 divides.
  private static final long EXACT = 1L << 53;

  private static final double[] POWERS_OF_TEN = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18
  };

  private NumberForms() {}

  /// `t` as the server sends it, `true` as a value reads.
  static void truth(byte[] text, int from, int to, BinaryBuffer out) throws SQLException {
    boolean isTrue = is("t", text, from, to) || is("true", text, from, to);
    if (!isTrue && !is("f", text, from, to) && !is("false", text, from, to)) {
      throw BinaryForm.unknown("boolean");
    }
    out.cell(1);
    out.oneByte(isTrue ? 1 : 0);
  }

  private static boolean is(String word, byte[] text, int from, int to) {
    boolean same = word.length() == to - from;
    for (int at = 0; same && at < word.length(); at++) {
      same = text[from + at] == word.charAt(at);
    }
    return same;
  }

  static void smallint(byte[] text, int from, int to, BinaryBuffer out) throws SQLException {
    long number = whole(text, from, to);
    if (number != (short) number) {
      throw BinaryForm.unknown("smallint");
    }
    out.cellOfTwo((int) number);
  }

  static void integer(byte[] text, int from, int to, BinaryBuffer out) throws SQLException {
    long number = whole(text, from, to);
    if (number != (int) number) {
      throw BinaryForm.unknown("integer");
    }
    out.cellOfFour((int) number);
  }

  static void bigint(byte[] text, int from, int to, BinaryBuffer out) throws SQLException {
    out.cellOfEight(whole(text, from, to));
  }

  private static long whole(byte[] text, int from, int to) throws SQLException {
    boolean isNegative = text[from] == '-';
    int first = isNegative ? from + 1 : from;
    if (to - first > SAFE_DIGITS) {
      return longer(text, from, to);
    }
    long number = digits(text, first, to);
    return isNegative ? -number : number;
  }

  private static long longer(byte[] text, int from, int to) throws SQLException {
    try {
      return Long.parseLong(ascii(text, from, to));
    } catch (NumberFormatException notOne) {
      throw BinaryForm.unknown("bigint");
    }
  }

  /// One digit at least, and nothing else.
  private static long digits(byte[] text, int from, int to) throws SQLException {
    if (from >= to) {
      throw BinaryForm.unknown("a number");
    }
    long number = 0;
    for (int at = from; at < to; at++) {
      number = number * 10 + digit(text[at]);
    }
    return number;
  }

  static int digit(byte b) throws SQLException {
    int digit = b - '0';
    if (digit < 0 || digit > 9) {
      throw BinaryForm.unknown("a number");
    }
    return digit;
  }

  /// In groups of four decimal digits, counted from the point.
  static void numeric(byte[] text, int from, int to, BinaryBuffer out) throws SQLException {
    boolean isNegative = text[from] == '-';
    int first = isNegative ? from + 1 : from;
    int point = point(text, first, to);
    int whole = point - first;
    int fraction = Math.max(0, to - point - 1);
    if (whole == 0 || whole > LONGEST_NUMERIC || fraction > LONGEST_NUMERIC) {
      throw BinaryForm.unknown("numeric");
    }
    int wholeGroups = (whole + GROUP - 1) / GROUP;
    int groups = wholeGroups + (fraction + GROUP - 1) / GROUP;
    out.cell((4 + groups) * Short.BYTES);
    out.twoBytes(groups);
    out.twoBytes(wholeGroups - 1);
    out.twoBytes(isNegative ? NEGATIVE : 0);
    out.twoBytes(fraction);
    int at = first;
    for (int end = point - (wholeGroups - 1) * GROUP; end <= point; end += GROUP) {
      out.twoBytes((int) digits(text, at, end));
      at = end;
    }
    for (at = point + 1; at < to; at += GROUP) {
      out.twoBytes(group(text, at, to));
    }
  }

  private static int point(byte[] text, int from, int to) {
    int at = from;
    while (at < to && text[at] != '.') {
      at++;
    }
    return at;
  }

  /// The last group of a fraction has zeros where it has no digits.
  private static int group(byte[] text, int from, int to) throws SQLException {
    int number = 0;
    for (int at = from; at < from + GROUP; at++) {
      number = number * 10 + (at < to ? digit(text[at]) : 0);
    }
    return number;
  }

  static void doublePrecision(byte[] text, int from, int to, BinaryBuffer out) throws SQLException {
    out.cellOfEight(Double.doubleToRawLongBits(nearest(text, from, to)));
  }

  static void real(byte[] text, int from, int to, BinaryBuffer out) throws SQLException {
    try {
      // by way of a double it would be rounded twice
      float number = Float.parseFloat(decimal(text, from, to));
      requireKept(number, text, from, to);
      out.cellOfFour(Float.floatToRawIntBits(number));
    } catch (NumberFormatException notOne) {
      throw BinaryForm.unknown("real");
    }
  }

  /// The double nearest to a decimal, at a fifth of the cost of Java's own reader where 53 bits
  /// hold all the digits.
  ///
  /// @see <a href="https://dl.acm.org/doi/10.1145/93542.93557">Clinger, How to read floating point
  ///   numbers accurately</a>
  private static double nearest(byte[] text, int from, int to) throws SQLException {
    boolean isNegative = text[from] == '-';
    int first = isNegative ? from + 1 : from;
    boolean isUsual = first < to && to - first <= SAFE_DIGITS && text[first] != '.';
    if (!isUsual) {
      return parsed(text, from, to);
    }
    long number = 0;
    int point = to - 1;
    for (int at = first; at < to; at++) {
      if (text[at] == '.' && point == to - 1) {
        point = at;
      } else {
        int digit = text[at] - '0';
        if (digit < 0 || digit > 9) {
          return parsed(text, from, to);
        }
        number = number * 10 + digit;
      }
    }
    if (number > EXACT) {
      return parsed(text, from, to);
    }
    double value = number / POWERS_OF_TEN[to - 1 - point];
    return isNegative ? -value : value;
  }

  private static double parsed(byte[] text, int from, int to) throws SQLException {
    try {
      double number = Double.parseDouble(decimal(text, from, to));
      requireKept(number, text, from, to);
      return number;
    } catch (NumberFormatException notOne) {
      throw BinaryForm.unknown("double precision");
    }
  }

  /// Of these characters PostgreSQL and Java read the same numbers.
  private static String decimal(byte[] text, int from, int to) throws SQLException {
    for (int at = from; at < to; at++) {
      boolean isUsual =
          switch (text[at]) {
            case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> true;
            case '-', '+', '.', 'e' -> true;
            default -> false;
          };
      if (!isUsual) {
        throw BinaryForm.unknown("a float");
      }
    }
    return ascii(text, from, to);
  }

  /// What is too large or too small for the type PostgreSQL refuses, where Java bends it.
  private static void requireKept(double number, byte[] text, int from, int to)
      throws SQLException {
    if (Double.isInfinite(number) || (number == 0 && holdsADigitAboveZero(text, from, to))) {
      throw BinaryForm.unknown("a float");
    }
  }

  private static boolean holdsADigitAboveZero(byte[] text, int from, int to) {
    for (int at = from; at < to && text[at] != 'e'; at++) {
      if (text[at] >= '1' && text[at] <= '9') {
        return true;
      }
    }
    return false;
  }

  private static String ascii(byte[] text, int from, int to) {
    return new String(text, from, to - from, StandardCharsets.ISO_8859_1);
  }
}
