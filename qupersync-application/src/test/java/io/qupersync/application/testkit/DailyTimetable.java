package io.qupersync.application.testkit;

import io.qupersync.application.port.Timetable;
import io.qupersync.domain.job.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Knows expressions of the form `30 2 * * *`, in zones whose clocks never change, and no others.
public final class DailyTimetable implements Timetable {

  private static final Pattern FORM = Pattern.compile("(\\d{1,2}) (\\d{1,2}) \\* \\* \\*");

  @Override
  public Optional<Instant> next(Schedule.Cron cron, Instant after) {
    Matcher parts = FORM.matcher(cron.expression());
    if (!parts.matches()) {
      throw new IllegalArgumentException("no expression of a day's time: " + cron.expression());
    }
    var time = LocalTime.of(Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(1)));
    ZonedDateTime today = after.atZone(cron.zone()).with(time);
    Instant moment = today.toInstant();
    return Optional.of(moment.isAfter(after) ? moment : moment.plus(Duration.ofDays(1)));
  }
}
