package io.qupersync.infrastructure.webhook;

import io.qupersync.domain.alert.Outage;
import io.qupersync.infrastructure.json.StateJson;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// What is sent when the target is away, and when it is back: as [Payload], without a job.
final class OutagePayload {

  private static final String KIND = "target_away";

  private OutagePayload() {}

  /// @param source the warehouse the jobs read, which tells installations apart
  static String of(Outage outage, String source, WebhookSettings.Format format) {
    return switch (format) {
      case JSON -> StateJson.write(fields(outage, source));
      case SLACK ->
          StateJson.write(Map.of("text", Payload.text(outage.isOver(), summary(outage), source)));
    };
  }

  private static Map<String, Object> fields(Outage outage, String source) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("event", outage.isOver() ? "recovered" : KIND);
    fields.put("kind", KIND);
    fields.put("reason", outage.reason());
    fields.put("source", source);
    fields.put("instance", outage.instance());
    fields.put("opened_at", outage.since().toString());
    outage.until().map(Instant::toString).ifPresent(end -> fields.put("closed_at", end));
    outage.duration().ifPresent(time -> fields.put("duration_seconds", time.toSeconds()));
    fields.put("summary", summary(outage));
    return fields;
  }

  private static String summary(Outage outage) {
    return outage
        .duration()
        .map(time -> "the target is back, it was away for %s".formatted(Payload.words(time)))
        .orElseGet(() ->
            "the target is away, and no job can write: %s"
                .formatted(Payload.shortened(outage.reason())));
  }
}
