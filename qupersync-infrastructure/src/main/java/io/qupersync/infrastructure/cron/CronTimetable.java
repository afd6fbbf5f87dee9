package io.qupersync.infrastructure.cron;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import io.qupersync.application.port.Timetable;
import io.qupersync.domain.job.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;

/// Cron expressions by cron-utils, which is asked about a calendar without time zones only: in a
/// zone it leaves out what the clocks skip.
public final class CronTimetable implements Timetable {

  /// No zone's clocks go back by more.
  private static final Duration FURTHEST_BACK = Duration.ofHours(3);

  /// For a job that names the 29th of February, two changes of the clocks a year.
  private static final int MOST_CHANGES = 100;

  public CronTimetable() {}

  @Override
  public Optional<Instant> next(Schedule.Cron cron, Instant after) {
    var calendar = new WallCalendar(cron.expression());
    return calendar.namesNoHour()
        ? byRealTime(calendar, cron.zone(), after)
        : byTheClock(calendar, cron.zone(), after);
  }

  /// Each time of the calendar once: where the clocks skip it, when they have; where they show it
  /// twice, the first time. In this order the moments of the calendar's times never go back.
  private static Optional<Instant> byTheClock(WallCalendar calendar, ZoneId zone, Instant after) {
    LocalDateTime before = LocalDateTime.ofInstant(after, zone).minus(FURTHEST_BACK);
    Optional<LocalDateTime> time = calendar.next(before);
    while (time.isPresent()) {
      Instant moment = moment(time.get(), zone);
      if (moment.isAfter(after)) {
        return Optional.of(moment);
      }
      time = calendar.next(time.get());
    }
    return Optional.empty();
  }

  private static Instant moment(LocalDateTime time, ZoneId zone) {
    ZoneOffsetTransition change = zone.getRules().getTransition(time);
    return change != null && change.isGap()
        ? change.getInstant()
        : time.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
  }

  /// Stretch by stretch between two changes of the clocks.
  private static Optional<Instant> byRealTime(WallCalendar calendar, ZoneId zone, Instant after) {
    ZoneRules rules = zone.getRules();
    Instant from = after;
    for (int i = 0; i < MOST_CHANGES; i++) {
      ZoneOffset offset = rules.getOffset(from);
      Optional<Instant> moment =
          calendar
              .next(LocalDateTime.ofEpochSecond(from.getEpochSecond(), from.getNano(), offset))
              .map(time -> time.toInstant(offset));
      ZoneOffsetTransition change = rules.nextTransition(from);
      if (change == null || moment.filter(change.getInstant()::isAfter).isPresent()) {
        return moment;
      }
      if (comesAtTheChange(calendar, change)) {
        return Optional.of(change.getInstant());
      }
      from = change.getInstant();
    }
    return Optional.empty();
  }

  /// A time that is the first after the change; or one that the clocks skip, unless they skip whole
  /// hours: then it comes in the next hour anyway.
  private static boolean comesAtTheChange(WallCalendar calendar, ZoneOffsetTransition change) {
    LocalDateTime first = change.getDateTimeAfter();
    boolean wholeHours = change.getDuration().toSeconds() % 3600 == 0;
    LocalDateTime begin = change.isGap() && !wholeHours ? change.getDateTimeBefore() : first;
    return calendar.next(begin.minusNanos(1)).filter(time -> !time.isAfter(first)).isPresent();
  }

  /// When an expression comes round on a calendar whose days all have 24 hours.
  private static final class WallCalendar {

    private final ExecutionTime times;
    private final boolean namesNoHour;

    WallCalendar(String expression) {
      var parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
      this.times = ExecutionTime.forCron(parser.parse(expression).validate());
      this.namesNoHour = expression.strip().split("\\s+", 3)[1].equals("*");
    }

    boolean namesNoHour() {
      return namesNoHour;
    }

    /// Strictly after.
    Optional<LocalDateTime> next(LocalDateTime after) {
      return times.nextExecution(after.atZone(ZoneOffset.UTC)).map(ZonedDateTime::toLocalDateTime);
    }
  }
}
