package io.qupersync.application.inspect;

import io.qupersync.domain.table.CellText;
import io.qupersync.domain.table.ColumnType;
import io.qupersync.domain.table.ColumnType.Plain;
import java.math.BigDecimal;
import java.util.Locale;

/// One text for all forms of a value that the target's column stores the same, so that what was
/// written and what is read back can be compared: 1.5 is 1.50 to `numeric(10,2)`, and not to a
/// `numeric` that keeps the digits it is given. Resolved once per column.
@FunctionalInterface
interface CanonicalForm {

  /// @param cell not NULL
  String of(Object cell);

  static CanonicalForm of(ColumnType type) {
    return switch (type) {
      case Plain plain -> of(plain);
      case ColumnType.Fraction(Plain base, _) -> of(base);
      case ColumnType.Char _ -> cell -> withoutBlanks(CellText.of(cell));
      // stored with the column's own scale
      case ColumnType.Decimal _ -> CanonicalForm::equal;
      case ColumnType.Varchar _, ColumnType.Other _ -> CanonicalForm::value;
    };
  }

  private static CanonicalForm of(Plain type) {
    return switch (type) {
      case NUMERIC -> CanonicalForm::scaled;
      case JSONB -> cell -> CanonicalJson.of(CellText.of(cell));
      case INTERVAL -> cell -> CanonicalInterval.of(CellText.of(cell));
      case TIME -> cell -> time(CellText.of(cell));
      // a text without a zone is written as of UTC
      case TIMETZ -> cell -> time(CellText.of(cell)).replaceFirst("^[^+-]*$", "$0+00");
      case UUID -> cell -> CellText.of(cell).replaceAll("[{}-]", "").toLowerCase(Locale.ROOT);
      default -> CanonicalForm::value;
    };
  }

  /// One text for all forms of a key that PostgreSQL holds equal, whatever it stores.
  static CanonicalForm ofKey(ColumnType type) {
    return switch (type) {
      case Plain plain ->
          switch (plain) {
            case NUMERIC, REAL, DOUBLE -> CanonicalForm::equal;
            case JSONB -> cell -> CanonicalJson.equal(CellText.of(cell));
            default -> of(plain);
          };
      case ColumnType.Decimal _,
          ColumnType.Varchar _,
          ColumnType.Char _,
          ColumnType.Fraction _,
          ColumnType.Other _ ->
          of(type);
    };
  }

  private static String value(Object cell) {
    return CellText.of(cell);
  }

  private static String equal(Object cell) {
    return switch (cell) {
      case BigDecimal number -> number(number);
      // adding zero turns -0.0 into 0.0, which PostgreSQL holds to be the same
      case Double number -> Double.toString(number + 0.0);
      case Float number -> Float.toString(number + 0.0f);
      default -> CellText.of(cell);
    };
  }

  // with an exponent: 1E+1000 must not fill a page
  static String number(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toString();
  }

  private static String scaled(Object cell) {
    return cell instanceof BigDecimal number ? scaled(number) : value(cell);
  }

  /// A number with the digits behind its point, which a `numeric` without a scale keeps.
  static String scaled(BigDecimal number) {
    return number(number) + "/" + Math.max(number.scale(), 0);
  }

  private static String withoutBlanks(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == ' ') {
      end--;
    }
    return text.substring(0, end);
  }

  /// `10:00:00.500+00:00` as PostgreSQL writes it: `10:00:00.5+00`.
  private static String time(String text) {
    return text.strip()
        .replaceFirst("^(\\d{1,2}:\\d{2})(?!:|\\d)", "$1:00")
        .replaceFirst("(\\.\\d*?)0+(?!\\d)", "$1")
        .replaceFirst("\\.(?!\\d)", "")
        .replaceFirst("(?i)\\s*z$", "+00")
        .replaceFirst("([+-]\\d{2}):?00$", "$1");
  }
}
