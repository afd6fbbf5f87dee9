package io.qupersync.infrastructure.webhook;

import io.qupersync.domain.alert.Alarm;
import io.qupersync.domain.alert.AlertKind;
import io.qupersync.domain.alert.Incident;
import io.qupersync.domain.run.RunId;
import io.qupersync.infrastructure.json.StateJson;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What is sent. It names the job and the reason that the run log has, and nothing of any row.
final class Payload {

  /// Slack cuts a text that is much longer.
  private static final int LONGEST_REASON = 1000;

  private Payload() {}

  /// @param source the warehouse the jobs read, which tells installations apart
  static String of(Incident incident, String source, WebhookSettings.Format format) {
    return switch (format) {
      case JSON -> StateJson.write(fields(incident, source));
      case SLACK -> StateJson.write(Map.of("text", text(incident, source)));
    };
  }

  private static Map<String, Object> fields(Incident incident, String source) {
    Alarm alarm = incident.alarm();
    var fields = new LinkedHashMap<String, Object>();
    fields.put("event", incident.isOver() ? "recovered" : alarm.kind().word());
    fields.put("incident", incident.id());
    fields.put("job", alarm.job().value());
    fields.put("kind", alarm.kind().word());
    fields.put("reason", alarm.reason());
    alarm.run().map(RunId::value).ifPresent(run -> fields.put("run_id", run));
    fields.put("source", source);
    fields.put("opened_at", incident.openedAt().toString());
    incident.closedAt().map(Instant::toString).ifPresent(end -> fields.put("closed_at", end));
    lasted(incident).ifPresent(time -> fields.put("duration_seconds", time.toSeconds()));
    fields.put("summary", summary(incident));
    return fields;
  }

  private static Optional<Duration> lasted(Incident incident) {
    return incident.closedAt().map(incident::duration);
  }

  private static String text(Incident incident, String source) {
    return text(incident.isOver(), summary(incident), source);
  }

  /// As chats take it.
  static String text(boolean isOver, String summary, String source) {
    String mark = isOver ? ":large_green_circle:" : ":red_circle:";
    return "%s %s (%s)".formatted(mark, escaped(summary), escaped(source));
  }

  private static String summary(Incident incident) {
    Alarm alarm = incident.alarm();
    return incident.isOver()
        ? "%s is well again, it was %s for %s"
            .formatted(
                alarm.job(),
                state(alarm.kind()),
                lasted(incident).map(Payload::words).orElseThrow())
        : "%s is %s%s: %s"
            .formatted(
                alarm.job(),
                state(alarm.kind()),
                alarm.run().map(" (run %s)"::formatted).orElse(""),
                shortened(alarm.reason()));
  }

  private static String state(AlertKind kind) {
    return switch (kind) {
      case FAILED -> "failing";
      case STALE -> "stale";
      case REJECTED -> "rejecting rows";
      case EXPIRING -> "about to lose unread rows";
    };
  }

  static String words(Duration duration) {
    if (duration.toHours() > 0) {
      return "%dh %dm".formatted(duration.toHours(), duration.toMinutesPart());
    }
    return duration.toMinutes() > 0 ? duration.toMinutes() + "m" : duration.toSeconds() + "s";
  }

  static String shortened(String reason) {
    return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "…";
  }

  /// The three characters that Slack reads as its own.
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
