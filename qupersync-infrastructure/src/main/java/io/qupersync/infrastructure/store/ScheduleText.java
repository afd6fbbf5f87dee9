package io.qupersync.infrastructure.store;

import io.qupersync.domain.job.Schedule;
import java.time.Duration;
import java.time.ZoneId;

/// A schedule as the state keeps it: `every PT5M jitter PT0S`, `cron US/Pacific jitter PT0S 0 2 * *
/// *`, `manual`, `following`.
final class ScheduleText {

  private ScheduleText() {}

  static String of(Schedule schedule) {
    return switch (schedule) {
      case Schedule.Every(Duration interval, Duration jitter) ->
          "every %s jitter %s".formatted(interval, jitter);
      case Schedule.Cron(String expression, ZoneId zone, Duration jitter) ->
          "cron %s jitter %s %s".formatted(zone.getId(), jitter, expression);
      case Schedule.Manual _ -> "manual";
      case Schedule.Following _ -> "following";
    };
  }

  static Schedule parsed(String text) {
    String[] words = text.split(" ", 5);
    return switch (words[0]) {
      case "every" -> new Schedule.Every(interval(words[1]), Duration.parse(words[3]));
      case "cron" -> new Schedule.Cron(words[4], ZoneId.of(words[1]), Duration.parse(words[3]));
      case "manual" -> new Schedule.Manual();
      case "following" -> new Schedule.Following();
      default -> throw new IllegalArgumentException("no schedule: " + text);
    };
  }

  /// An older version let jobs be set to shorter intervals than there may be.
  private static Duration interval(String text) {
    Duration stored = Duration.parse(text);
    return stored.compareTo(Schedule.LEAST_INTERVAL) < 0 ? Schedule.LEAST_INTERVAL : stored;
  }
}
