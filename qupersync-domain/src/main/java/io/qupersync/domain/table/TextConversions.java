package io.qupersync.domain.table;

import io.qupersync.domain.table.ColumnType.Plain;
import java.math.BigDecimal;
import java.util.Locale;

/// Conversions to and from text.
final class TextConversions {

  static final Converter TO_TEXT = cell -> cell instanceof String ? cell : CellText.of(cell);

  /// Takes away the blanks that fill a `char(n)`; they are no part of the value.
  static final Converter UNPADDED =
      cell -> {
        String text = (String) cell;
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
          end--;
        }
        return text.substring(0, end);
      };

  static final Converter TO_BOOLEAN =
      cell ->
          switch (((String) cell).strip().toLowerCase(Locale.ROOT)) {
            case "t", "true", "y", "yes", "on", "1" -> true;
            case "f", "false", "n", "no", "off", "0" -> false;
            default -> new ConversionRefusal("the text is no truth value");
          };

  static final Converter TO_NUMBER =
      cell -> {
        String text = ((String) cell).strip();
        if (text.equalsIgnoreCase("NaN")) {
          return Double.NaN;
        }
        try {
          BigDecimal number = new BigDecimal(text);
          return isTooLong(number)
              ? new ConversionRefusal("the text is no number PostgreSQL could hold")
              : number;
        } catch (NumberFormatException _) {
          return new ConversionRefusal("the text is no number");
        }
      };

  static final Converter TO_DATE = parsing(Plain.DATE, "the text is no date");
  static final Converter TO_TIMESTAMP = parsing(Plain.TIMESTAMP, "the text is no timestamp");
  static final Converter TO_INSTANT = parsing(Plain.TIMESTAMPTZ, "the text is no timestamp");

  /// `jsonb` would keep one of two values, and not say so. What is no JSON the target refuses.
  static final Converter WITHOUT_REPEATED_NAMES =
      cell ->
          JsonNames.repeat((String) cell)
              ? new ConversionRefusal(
                  "an object has one name twice, and jsonb keeps only one of its values")
              : cell;

  // of a numeric without size
  private static final int MOST_DIGITS_BEFORE_THE_POINT = 131_072;
  private static final int MOST_DIGITS_AFTER_THE_POINT = 16_383;

  private TextConversions() {}

  /// Whether so few characters stand for so many digits that to write them all fills the heap.
  private static boolean isTooLong(BigDecimal number) {
    return (long) number.precision() - number.scale() > MOST_DIGITS_BEFORE_THE_POINT
        || number.scale() > MOST_DIGITS_AFTER_THE_POINT;
  }

  private static Converter parsing(Plain type, String otherwise) {
    var conversionRefusal = new ConversionRefusal(otherwise);
    return cell -> {
      try {
        return CellParser.read((String) cell, type);
      } catch (IllegalArgumentException _) {
        return conversionRefusal;
      }
    };
  }

  /// Texts of at most so many characters; PostgreSQL counts code points and cuts surplus blanks,
  /// and so does this.
  static Converter fitting(int length) {
    var conversionRefusal =
        new ConversionRefusal("the text is longer than %d characters".formatted(length));
    return cell -> {
      String text = (String) cell;
      if (text.length() <= length || text.codePointCount(0, text.length()) <= length) {
        return text;
      }
      int end = text.offsetByCodePoints(0, length);
      boolean blankBeyond = text.chars().skip(end).allMatch(c -> c == ' ');
      return blankBeyond ? text.substring(0, end) : conversionRefusal;
    };
  }
}
