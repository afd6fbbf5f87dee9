package io.qupersync.domain.table;

import io.qupersync.domain.table.ColumnType.Decimal;
import java.math.BigDecimal;
import java.math.RoundingMode;

/// Conversions that start from a number or a truth value. A numeric cell is a `BigDecimal`, or a
/// `Double` that is NaN or infinite.
final class NumberConversions {

  static final Converter BOOLEAN_TO_INTEGER = cell -> (Boolean) cell ? 1L : 0L;

  static final Converter INTEGER_TO_BOOLEAN =
      cell ->
          switch (Math.clamp((Long) cell, -1, 2)) {
            case 0 -> false;
            case 1 -> true;
            default -> new ConversionRefusal("only 0 and 1 are truth values");
          };

  static final Converter TO_DECIMAL =
      cell ->
          switch (cell) {
            case Long number -> BigDecimal.valueOf(number);
            // by way of the shortest text, so that 0.1 stays 0.1
            case Double number when Double.isFinite(number) -> new BigDecimal(number.toString());
            case Float number when Float.isFinite(number) -> new BigDecimal(number.toString());
            case Float number -> number.doubleValue();
            default -> cell;
          };

  static final Converter DECIMAL_TO_INTEGER =
      cell -> {
        if (!(cell instanceof BigDecimal number)) {
          return new ConversionRefusal("NaN and infinity are no integers");
        }
        try {
          return number.longValueExact();
        } catch (ArithmeticException _) {
          return new ConversionRefusal("the number is not whole, or too large for an integer");
        }
      };

  static final Converter TO_DOUBLE =
      cell -> {
        double number = ((Number) cell).doubleValue();
        return isBeyond(cell, number) ? outOfRange("double precision") : number;
      };

  static final Converter TO_FLOAT =
      cell -> {
        float number = ((Number) cell).floatValue();
        return isBeyond(cell, number) ? outOfRange("real") : number;
      };

  private NumberConversions() {}

  /// Whether a number became infinite, or zero, on its way to a floating point type: PostgreSQL
  /// refuses such a number too.
  private static boolean isBeyond(Object cell, double floating) {
    return switch (cell) {
      case BigDecimal exact ->
          Double.isInfinite(floating) || (floating == 0 && exact.signum() != 0);
      case Double wider ->
          Double.isInfinite(floating) != wider.isInfinite() || (floating == 0) != (wider == 0);
      default -> false;
    };
  }

  private static ConversionRefusal outOfRange(String type) {
    return new ConversionRefusal("the number is out of range for " + type);
  }

  static Converter inRange(long least, long most, String type) {
    ConversionRefusal conversionRefusal = outOfRange(type);
    return cell -> {
      long number = (Long) cell;
      return number < least || number > most ? conversionRefusal : cell;
    };
  }

  /// Only numbers that need no rounding; PostgreSQL would round silently.
  static Converter fitting(Decimal type) {
    ConversionRefusal tooLarge = outOfRange(type.sql());
    var tooFine = new ConversionRefusal("the number would have to be rounded to fit " + type.sql());
    return cell -> {
      if (!(cell instanceof BigDecimal number)) {
        return cell instanceof Double special && special.isNaN() ? cell : tooLarge;
      }
      BigDecimal scaled;
      try {
        scaled =
            number.scale() <= type.scale()
                ? number
                : number.setScale(type.scale(), RoundingMode.UNNECESSARY);
      } catch (ArithmeticException _) {
        return tooFine;
      }
      boolean fits =
          scaled.signum() == 0
              || scaled.precision() - scaled.scale() <= type.precision() - type.scale();
      return fits ? scaled : tooLarge;
    };
  }
}
