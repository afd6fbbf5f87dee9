package io.qupersync.infrastructure.redshift;

import ch.randelshofer.fastdoubleparser.JavaDoubleParser;
import ch.randelshofer.fastdoubleparser.JavaFloatParser;
import io.qupersync.domain.row.RowPacker;
import java.nio.charset.StandardCharsets;

/// Packs numbers and truths that were sent as text.
final class NumberTexts {

  private static final int GROUP = 4;
  private static final int LONGEST_NUMERIC = 1000;

  /// Decimal digits that fit a long whatever they are.
  private static final int SAFE_DIGITS = 18;

  private NumberTexts() {}

  /// `t` as the server sends it, `true` as a value reads.
  static void truth(byte[] sent, RowPacker to) {
    boolean isTrue = is("t", sent) || is("true", sent);
    if (!isTrue && !is("f", sent) && !is("false", sent)) {
      throw new UnencodableText();
    }
    to.addTruth(isTrue);
  }

  private static boolean is(String word, byte[] sent) {
    boolean same = word.length() == sent.length;
    for (int at = 0; same && at < sent.length; at++) {
      same = sent[at] == word.charAt(at);
    }
    return same;
  }

  static void smallint(byte[] sent, RowPacker to) {
    long number = whole(sent);
    if (number != (short) number) {
      throw new UnencodableText();
    }
    to.addTwo((int) number);
  }

  static void integer(byte[] sent, RowPacker to) {
    long number = whole(sent);
    if (number != (int) number) {
      throw new UnencodableText();
    }
    to.addFour((int) number);
  }

  static void bigint(byte[] sent, RowPacker to) {
    to.addEight(whole(sent));
  }

  private static long whole(byte[] sent) {
    boolean isNegative = sent.length > 0 && sent[0] == '-';
    int first = isNegative ? 1 : 0;
    if (sent.length - first > SAFE_DIGITS) {
      return longer(sent);
    }
    long number = digits(sent, first, sent.length);
    return isNegative ? -number : number;
  }

  private static long longer(byte[] sent) {
    try {
      return Long.parseLong(new String(sent, StandardCharsets.ISO_8859_1));
    } catch (NumberFormatException notOne) {
      throw new UnencodableText(notOne);
    }
  }

  /// One digit at least, and nothing else.
  private static long digits(byte[] text, int from, int to) {
    if (from >= to) {
      throw new UnencodableText();
    }
    long number = 0;
    for (int at = from; at < to; at++) {
      number = number * 10 + digit(text[at]);
    }
    return number;
  }

  static int digit(byte b) {
    int digit = b - '0';
    if (digit < 0 || digit > 9) {
      throw new UnencodableText();
    }
    return digit;
  }

  /// In groups of four decimal digits, counted from the point.
  static void numeric(byte[] sent, RowPacker to) {
    boolean isNegative = sent.length > 0 && sent[0] == '-';
    int first = isNegative ? 1 : 0;
    int point = point(sent, first);
    int whole = point - first;
    int fraction = Math.max(0, sent.length - point - 1);
    if (whole == 0 || whole > LONGEST_NUMERIC || fraction > LONGEST_NUMERIC) {
      throw new UnencodableText();
    }
    int wholeGroups = (whole + GROUP - 1) / GROUP;
    int groups = wholeGroups + (fraction + GROUP - 1) / GROUP;
    to.beginDecimal(groups, wholeGroups - 1, isNegative, fraction);
    int at = first;
    for (int end = point - (wholeGroups - 1) * GROUP; end <= point; end += GROUP) {
      to.addGroup((int) digits(sent, at, end));
      at = end;
    }
    for (at = point + 1; at < sent.length; at += GROUP) {
      to.addGroup(group(sent, at));
    }
    to.endNumeric();
  }

  private static int point(byte[] text, int from) {
    int at = from;
    while (at < text.length && text[at] != '.') {
      at++;
    }
    return at;
  }

  /// The last group of a fraction has zeros where it has no digits.
  private static int group(byte[] text, int from) {
    int number = 0;
    for (int at = from; at < from + GROUP; at++) {
      number = number * 10 + (at < text.length ? digit(text[at]) : 0);
    }
    return number;
  }

  static void doublePrecision(byte[] sent, RowPacker to) {
    requireDecimal(sent);
    try {
      double number = JavaDoubleParser.parseDouble(sent);
      requireKept(number, sent);
      to.addEight(Double.doubleToRawLongBits(number));
    } catch (NumberFormatException notOne) {
      throw new UnencodableText(notOne);
    }
  }

  static void real(byte[] sent, RowPacker to) {
    requireDecimal(sent);
    try {
      // by way of a double it would be rounded twice
      float number = JavaFloatParser.parseFloat(sent);
      requireKept(number, sent);
      to.addFour(Float.floatToRawIntBits(number));
    } catch (NumberFormatException notOne) {
      throw new UnencodableText(notOne);
    }
  }

  /// Of these characters PostgreSQL and Java read the same numbers.
  private static void requireDecimal(byte[] text) {
    for (byte b : text) {
      boolean isUsual =
          switch (b) {
            case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> true;
            case '-', '+', '.', 'e' -> true;
            default -> false;
          };
      if (!isUsual) {
        throw new UnencodableText();
      }
    }
  }

  /// What is too large or too small for the type PostgreSQL refuses, where Java bends it.
  private static void requireKept(double number, byte[] text) {
    if (Double.isInfinite(number) || (number == 0 && holdsADigitAboveZero(text))) {
      throw new UnencodableText();
    }
  }

  private static boolean holdsADigitAboveZero(byte[] text) {
    for (int at = 0; at < text.length && text[at] != 'e'; at++) {
      if (text[at] >= '1' && text[at] <= '9') {
        return true;
      }
    }
    return false;
  }
}
