package io.qupersync.domain.table;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Texts for types that only the target knows, in the form in which it gives them back, where it is
/// known that both mean the same: it writes nothing that comes back as another text. What is not
/// known stays as it is.
final class TargetTexts {

  private static final Pattern NUMERIC_ARRAY =
      Pattern.compile("numeric\\((\\d+),(-?\\d+)\\)(?:\\[])+");

  private static final Pattern AMOUNT =
      Pattern.compile("(-?)\\$?(\\d{1,16}|\\d{1,3}(?:,\\d{3}){1,5})(\\.\\d{1,30})?");

  private static final Pattern HOST = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){3})/32");

  private TargetTexts() {}

  /// @param type as the catalog names it
  static Converter of(String type) {
    if (type.endsWith("[]")) {
      return arrays(type);
    }
    if (type.equals("interval") || type.startsWith("interval ")) {
      return cell -> IntervalText.canonical((String) cell).orElse((String) cell);
    }
    return switch (type) {
      case "money" -> cell -> amount((String) cell);
      case "inet" -> cell -> host((String) cell);
      default -> Converter.IDENTITY;
    };
  }

  private static Converter arrays(String type) {
    Matcher numeric = NUMERIC_ARRAY.matcher(type);
    int scale = numeric.matches() ? Integer.parseInt(numeric.group(2)) : -1;
    return cell ->
        ArrayLiteral.canonical((String) cell, element -> scaled(element, scale))
            .orElse((String) cell);
  }

  /// With the digits that a `numeric` of that scale shows; less than zero for none.
  private static String scaled(String element, int scale) {
    if (scale < 0) {
      return element;
    }
    try {
      var number = new BigDecimal(element);
      boolean fits = number.stripTrailingZeros().scale() <= scale && number.precision() < 1000;
      return fits ? number.setScale(scale).toPlainString() : element;
    } catch (NumberFormatException notOne) {
      return element;
    }
  }

  /// `1234.5` as `$1,234.50`. With more digits it would be rounded.
  private static String amount(String text) {
    Matcher amount = AMOUNT.matcher(text);
    if (!amount.matches()) {
      return text;
    }
    BigDecimal number =
        new BigDecimal(
            amount.group(2).replace(",", "") + Optional.ofNullable(amount.group(3)).orElse(""));
    if (number.stripTrailingZeros().scale() > 2) {
      return text;
    }
    String sign = number.signum() == 0 ? "" : amount.group(1);
    String digits = number.setScale(2).toPlainString();
    String whole = digits.substring(0, digits.length() - 3);
    return sign
        + "$"
        + whole.replaceAll("(?<=\\d)(?=(?:\\d{3})+$)", ",")
        + digits.substring(digits.length() - 3);
  }

  private static String host(String text) {
    Matcher host = HOST.matcher(text);
    return host.matches() ? host.group(1) : text;
  }
}
