package io.qupersync.interfaces.http;

import io.qupersync.domain.job.Schedule;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import tools.jackson.databind.JsonNode;

/// Reads a schedule as the configuration writes it: `{"every": "5m"}`, `{"cron": "0 2 * * *",
/// "timezone": "US/Pacific"}`, each with a `jitter` if one likes, or `"manual"`.
public final class ScheduleReader {

  private static final String FORMS =
      "give {\"every\": \"5m\"}, {\"cron\": \"0 2 * * *\"} or \"manual\"";

  private final ZoneId zone;

  /// @param zone of an expression that names none
  public ScheduleReader(ZoneId zone) {
    this.zone = zone;
  }

  Schedule read(JsonNode value) {
    if (value.isString()) {
      if (value.stringValue().equals("manual")) {
        return new Schedule.Manual();
      }
      throw invalid();
    }
    Body body = Body.of(value, "every", "cron", "timezone", "jitter");
    if (body.has("every") == body.has("cron")) {
      throw invalid();
    }
    Duration jitter = body.duration("jitter").orElse(Duration.ZERO);
    return body.has("every") ? every(body, jitter) : cron(body, jitter);
  }

  private static Schedule every(Body body, Duration jitter) {
    if (body.has("timezone")) {
      throw Problem.ofField("timezone", "an interval has no time zone; leave it out").refusal();
    }
    Duration interval = body.duration("every").orElse(Duration.ZERO);
    if (interval.compareTo(Schedule.LEAST_INTERVAL) < 0) {
      throw Problem.ofField("every", "is too often; the least interval is 1s").refusal();
    }
    return new Schedule.Every(interval, jitter);
  }

  private Schedule cron(Body body, Duration jitter) {
    return new Schedule.Cron(
        body.text("cron").orElse(""),
        body.text("timezone").map(ScheduleReader::zone).orElse(zone),
        jitter);
  }

  private static ZoneId zone(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException unknown) {
      throw Problem.ofField("timezone", "there is no such time zone; try US/Pacific or UTC")
          .refusal();
    }
  }

  private static ProblemException invalid() {
    return Problem.of(ProblemType.INVALID_REQUEST, FORMS).refusal();
  }
}
