package io.qupersync.infrastructure.metrics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A scrape in Prometheus's text form, taken apart.
final class Exposition {

  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{.*})? (\\S+)");

  final Map<String, String> help = new HashMap<>();
  final Map<String, String> types = new HashMap<>();
  final List<Sample> samples = new ArrayList<>();

  record Sample(String name, String labels, double value) {}

  static Exposition of(String text) {
    var exposition = new Exposition();
    text.lines().forEach(exposition::read);
    return exposition;
  }

  private void read(String line) {
    if (line.startsWith("# HELP ")) {
      String[] parts = line.substring(7).split(" ", 2);
      help.put(parts[0], parts.length < 2 ? "" : parts[1]);
    } else if (line.startsWith("# TYPE ")) {
      String[] parts = line.substring(7).split(" ", 2);
      types.put(parts[0], parts[1]);
    } else if (!line.isBlank()) {
      Matcher sample = SAMPLE.matcher(line);
      if (!sample.matches()) {
        throw new IllegalArgumentException("no sample: " + line);
      }
      samples.add(
          new Sample(
              sample.group(1),
              Optional.ofNullable(sample.group(2)).orElse(""),
              number(sample.group(3))));
    }
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  /// The value of a sample whose labels are exactly these: `{job="orders"}`.
  Optional<Double> value(String name, String labels) {
    return samples.stream()
        .filter(sample -> sample.name().equals(name) && sample.labels().equals(labels))
        .map(Sample::value)
        .findFirst();
  }

  boolean has(String name) {
    return samples.stream().anyMatch(sample -> sample.name().equals(name));
  }
}
