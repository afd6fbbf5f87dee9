package io.qupersync.app.config;

import io.qupersync.infrastructure.jdbc.AllowedOptions;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Properties that are handed on to a database driver. Its text hides those that by their name are
/// secrets.
public record DriverOptions(Map<String, String> values) {

  private static final Pattern SECRET_NAME =
      Pattern.compile("(?i).*(password|pwd|secret|token|accesskey|credential).*");

  public DriverOptions {
    values = Map.copyOf(values);
  }

  /// Those of a section; what is not allowed becomes a problem.
  static DriverOptions read(Section section, AllowedOptions allowed) {
    var options = new DriverOptions(section.texts("options"));
    section.built(
        section.placeOf("options"),
        () -> {
          allowed.check(options.values());
          return options;
        });
    return options;
  }

  /// By name, for people.
  Map<String, String> shown() {
    var shown = new TreeMap<>(values);
    shown.replaceAll((name, value) -> SECRET_NAME.matcher(name).matches() ? "***" : value);
    return shown;
  }

  @Override
  public String toString() {
    return shown().toString();
  }
}
