package io.qupersync.interfaces.http;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as the configuration writes them: a number and a unit, as in `30s`.
final class Durations {

  private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

  private Durations() {}

  /// @param field the parameter or key that held it
  static Duration parse(String field, String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw Problem.ofField(field, "must be a duration such as 30s, 5m or 2h").refusal();
    }
    long count = Long.parseLong(parts.group(1));
    return switch (parts.group(2)) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }
}
