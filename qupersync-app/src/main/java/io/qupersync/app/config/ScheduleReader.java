package io.qupersync.app.config;

import io.qupersync.app.config.document.Node;
import io.qupersync.domain.job.Schedule;
import io.qupersync.interfaces.text.Durations;
import java.time.Duration;
import java.util.Optional;

/// Reads a job's `schedule`; a job without one runs after the jobs it names, and if it names none,
/// at the default interval.
final class ScheduleReader {

  private static final String FORMS = "write { every: 5m }, { cron: \"0 2 * * *\" } or manual";

  private final DefaultsConfig defaults;

  ScheduleReader(DefaultsConfig defaults) {
    this.defaults = defaults;
  }

  Schedule read(Section job) {
    Optional<Node> given = job.given("schedule");
    Schedule standard =
        job.has("after") ? new Schedule.Following() : new Schedule.Every(defaults.interval());
    if (given.isPresent() && given.get() instanceof Node.Text) {
      return job.read("schedule", ScheduleReader::manual).orElse(standard);
    }
    return job.find("schedule", Keys.SCHEDULE).flatMap(this::timed).orElse(standard);
  }

  /// When a run reads everything, beside the ordinary ones.
  Optional<Schedule> readFull(Section job) {
    return job.find("full_schedule", Keys.SCHEDULE).flatMap(this::timed);
  }

  private static Schedule manual(String text) {
    if (!text.equals("manual")) {
      throw new IllegalArgumentException("'%s' is no schedule; %s".formatted(text, FORMS));
    }
    return new Schedule.Manual();
  }

  private Optional<Schedule> timed(Section section) {
    if (section.has("every") == section.has("cron")) {
      section.problem(section.place(), "needs either 'every' or 'cron'; " + FORMS);
      return Optional.empty();
    }
    Duration jitter = section.read("jitter", Durations::parse).orElse(Duration.ZERO);
    if (section.has("every")) {
      if (section.has("timezone")) {
        section.problem(
            section.placeOf("timezone"), "an interval has no time zone; remove 'timezone'");
      }
      return section
          .read("every", Durations::interval)
          .map(interval -> new Schedule.Every(interval, jitter));
    }
    var zone = section.read("timezone", Values::zone).orElse(defaults.timezone());
    return section
        .read("cron", CronExpressions::checked)
        .map(expression -> new Schedule.Cron(expression, zone, jitter));
  }
}
