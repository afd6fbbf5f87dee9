package io.qupersync.application.schedule;

import io.qupersync.application.port.Timetable;
import io.qupersync.domain.job.Schedule;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Reckons when a job is due, by its schedule. Asks nobody for the time.
final class DueTimes {

  private static final int COUNTED = 1000;

  private final Timetable timetable;

  DueTimes(Timetable timetable) {
    this.timetable = timetable;
  }

  /// Of a job that is new, or has another schedule than before.
  ///
  /// @param before when it was due by the former schedule; empty for a job that was never planned
  Optional<Instant> first(Schedule schedule, Optional<Instant> before, Instant now) {
    return switch (schedule) {
      case Schedule.Every every -> {
        Instant latest = whole(now.plus(every.interval()));
        yield Optional.of(
            before.filter(latest::isAfter).orElse(before.isEmpty() ? whole(now) : latest));
      }
      case Schedule.Cron cron -> timetable.next(cron, now);
      case Schedule.Manual _, Schedule.Following _ -> Optional.empty();
    };
  }

  /// Of the full runs of a job: a job that is new reads everything anyway, so the first comes when
  /// an interval has passed.
  Optional<Instant> firstFull(Schedule schedule, Optional<Instant> before, Instant now) {
    return schedule instanceof Schedule.Every every
        ? Optional.of(
            before
                .filter(whole(now.plus(every.interval()))::isAfter)
                .orElse(whole(now.plus(every.interval()))))
        : first(schedule, before, now);
  }

  /// Of a job whose run has ended: at once when it fell due while it ran, however often.
  Optional<Instant> afterRun(Schedule schedule, Instant due, Instant begun, Instant now) {
    return switch (schedule) {
      case Schedule.Every every -> {
        Instant next = every.next(due, now);
        Instant last = next.minus(every.interval());
        yield Optional.of(last.isAfter(begun) ? last : next);
      }
      case Schedule.Cron cron -> timetable.next(cron, begun.isAfter(due) ? begun : due);
      case Schedule.Manual _, Schedule.Following _ -> Optional.empty();
    };
  }

  /// Of a job whose due run is left out.
  Optional<Instant> afterLeavingOut(Schedule schedule, Instant due, Instant now) {
    return switch (schedule) {
      case Schedule.Every every -> Optional.of(every.next(due, now));
      case Schedule.Cron cron -> timetable.next(cron, now);
      case Schedule.Manual _, Schedule.Following _ -> Optional.empty();
    };
  }

  /// Of a job that was paused and whose time has come and gone meanwhile.
  Optional<Instant> afterPause(Schedule schedule, Instant now) {
    return first(schedule, Optional.empty(), now);
  }

  /// When the job should have been due, where it is due later than its schedule allows: someone set
  /// the database's clock back. Empty when all is well.
  Optional<Instant> tooFar(Schedule schedule, Instant due, Instant now) {
    return switch (schedule) {
      case Schedule.Every every ->
          Optional.of(whole(now.plus(every.interval()))).filter(due.minusSeconds(1)::isAfter);
      case Schedule.Cron cron -> timetable.next(cron, now).filter(due::isAfter);
      case Schedule.Manual _, Schedule.Following _ -> Optional.empty();
    };
  }

  /// How many runs have fallen due since `due`, this one included; not more than a thousand are
  /// counted.
  long missed(Schedule schedule, Instant due, Instant now) {
    return switch (schedule) {
      case Schedule.Every every -> Math.min(COUNTED, every.timesFrom(due, now));
      case Schedule.Cron cron -> {
        long count = 1;
        Optional<Instant> next = timetable.next(cron, due);
        while (count < COUNTED && next.filter(at -> !at.isAfter(now)).isPresent()) {
          count++;
          next = timetable.next(cron, next.get());
        }
        yield count;
      }
      case Schedule.Manual _, Schedule.Following _ -> 1;
    };
  }

  private static Instant whole(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS);
  }
}
