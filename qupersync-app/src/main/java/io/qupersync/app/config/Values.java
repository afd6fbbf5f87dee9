package io.qupersync.app.config;

import io.qupersync.interfaces.text.Suggestion;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Readers of single values. Each throws an IllegalArgumentException that says what is wrong and
/// what to write instead.
final class Values {

  private static final Pattern WHOLE_NUMBER = Pattern.compile("-?\\d{1,18}");
  private static final int LARGEST_PORT = 65_535;

  private Values() {}

  static String text(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("must not be empty");
    }
    return text;
  }

  static Function<String, Long> number(long least, long most) {
    return text -> {
      if (!WHOLE_NUMBER.matcher(text).matches()) {
        throw new IllegalArgumentException(
            "'%s' is no whole number; write %d to %d".formatted(text, least, most));
      }
      long number = Long.parseLong(text);
      if (number < least || number > most) {
        throw new IllegalArgumentException("must be %d to %d, was %s".formatted(least, most, text));
      }
      return number;
    };
  }

  static Function<String, Integer> smallNumber(int least, int most) {
    return number(least, most).andThen(Long::intValue);
  }

  static Function<String, Integer> port() {
    return smallNumber(1, LARGEST_PORT);
  }

  static boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException("'%s' is neither true nor false".formatted(text));
    };
  }

  /// One of an enum's constants, written in lower case with the given separator between words.
  static <E extends Enum<E>> Function<String, E> oneOf(Class<E> type, char separator) {
    var known = new LinkedHashMap<String, E>();
    for (E constant : type.getEnumConstants()) {
      known.put(word(constant, separator), constant);
    }
    return text -> pick(text, known);
  }

  static String word(Enum<?> constant, char separator) {
    return constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', separator);
  }

  private static <T> T pick(String text, Map<String, T> known) {
    T found = known.get(text);
    if (found == null) {
      throw new IllegalArgumentException(
          "'%s' is not known; %s".formatted(text, Suggestion.advice(text, known.keySet())));
    }
    return found;
  }

  static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException _) {
      String advice =
          Suggestion.of(text, ZoneId.getAvailableZoneIds())
              .map("did you mean '%s'?"::formatted)
              .orElse("write a name such as US/Pacific, Europe/Berlin or UTC");
      throw new IllegalArgumentException("'%s' is no time zone; %s".formatted(text, advice));
    }
  }
}
