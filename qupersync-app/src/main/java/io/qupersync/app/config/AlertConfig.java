package io.qupersync.app.config;

import io.qupersync.domain.alert.AlertKind;
import io.qupersync.infrastructure.jdbc.Secret;
import io.qupersync.infrastructure.webhook.WebhookSettings;
import io.qupersync.infrastructure.webhook.WebhookSettings.Format;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Someone who wants to be told when a job is not well.
///
/// @param rejectedOver as many rejected rows may wait without a word
/// @param expiringWithin when less time than this is left for unread rows
/// @param headers sent along; secrets, most of the time
public record AlertConfig(
    String name,
    Secret url,
    Format format,
    List<Event> events,
    long rejectedOver,
    Duration expiringWithin,
    Map<String, Secret> headers,
    Duration timeout) {

  /// What one can be told of.
  public enum Event {
    FAILED(AlertKind.FAILED),
    STALE(AlertKind.STALE),
    REJECTED(AlertKind.REJECTED),
    EXPIRING(AlertKind.EXPIRING),
    /// That the target cannot be reached.
    TARGET_AWAY,
    /// That one of the others is over.
    RECOVERED;

    private final Optional<AlertKind> kind;

    Event() {
      this.kind = Optional.empty();
    }

    Event(AlertKind kind) {
      this.kind = Optional.of(kind);
    }
  }

  public AlertConfig {
    events = List.copyOf(events);
    headers = Map.copyOf(headers);
  }

  public Set<AlertKind> kinds() {
    return events.stream().flatMap(event -> event.kind.stream()).collect(Collectors.toSet());
  }

  public boolean tellsEndings() {
    return events.contains(Event.RECOVERED);
  }

  public boolean tellsTargetAway() {
    return events.contains(Event.TARGET_AWAY);
  }

  public WebhookSettings webhook() {
    return new WebhookSettings(name, url, format, headers, timeout);
  }
}
