package io.qupersync.app.config;

import io.qupersync.app.config.AlertConfig.Event;
import io.qupersync.infrastructure.jdbc.Secret;
import io.qupersync.infrastructure.webhook.WebhookSettings;
import io.qupersync.infrastructure.webhook.WebhookSettings.Format;
import io.qupersync.interfaces.text.Durations;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads the list `alerts`.
final class AlertsReader {

  private static final Duration A_DAY = Duration.ofHours(24);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /// It is a label of metrics, and the key under which the state store knows who was told what.
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

  private AlertsReader() {}

  static List<AlertConfig> read(List<Section> alerts) {
    Set<String> names = new HashSet<>();
    return alerts.stream().flatMap(alert -> alert(alert, names).stream()).toList();
  }

  private static Optional<AlertConfig> alert(Section alert, Set<String> names) {
    Optional<Secret> url =
        alert
            .required(
                "url", Values::text, "'url' is missing; write the address to tell, best as ${…}")
            .map(Secret::new)
            .flatMap(given -> address(alert, given));
    String name = alert.read("name", AlertsReader::name).orElse("alerts");
    if (!names.add(name)) {
      alert.problem(
          alert.placeOf("name"), "two alerts are called '%s'; give one a name".formatted(name));
    }
    Format format = alert.read("format", Values.oneOf(Format.class, '_')).orElse(Format.JSON);
    List<Event> events = alert.readAll("events", Values.oneOf(Event.class, '_'));
    long rejectedOver = alert.read("rejected_over", Values.number(0, Long.MAX_VALUE)).orElse(0L);
    Duration expiring = alert.read("expiring_within", Durations::positive).orElse(A_DAY);
    Duration timeout = alert.read("timeout", Durations::positive).orElse(TIMEOUT);
    return url.flatMap(known ->
        checked(
            alert,
            new AlertConfig(
                name,
                known,
                format,
                alert.has("events") ? events : List.of(Event.values()),
                rejectedOver,
                expiring,
                headers(alert),
                timeout)));
  }

  private static Optional<Secret> address(Section alert, Secret url) {
    return alert.built(
        alert.placeOf("url"),
        () -> {
          try {
            WebhookSettings.address(url);
            return url;
          } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException("url " + refused.getMessage());
          }
        });
  }

  /// Everything but the address, whose problems are told already.
  private static Optional<AlertConfig> checked(Section alert, AlertConfig config) {
    return alert.built(
        alert.place(),
        () -> {
          config.webhook();
          return config;
        });
  }

  private static Map<String, Secret> headers(Section alert) {
    var headers = new LinkedHashMap<String, Secret>();
    alert.texts("headers").forEach((name, value) -> headers.put(name, new Secret(value)));
    return headers;
  }

  private static String name(String text) {
    if (!NAME.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'%s' is no name; write letters, digits, '.', '_' or '-', 63 at most".formatted(text));
    }
    return text;
  }
}
