package io.qupersync.application.port;

import io.qupersync.domain.job.Schedule;
import java.time.Instant;
import java.util.Optional;

/// Knows when a cron expression comes round.
public interface Timetable {

  /// The first time after `after`. A time that the zone's clocks skip comes when they have skipped
  /// it; one that they show twice comes the first time. An expression that names no hour goes by
  /// real time instead: `*/15 * * * *` comes every quarter of an hour in such a night too.
  ///
  /// @return empty when it never comes again
  /// @throws IllegalArgumentException when the expression is none
  Optional<Instant> next(Schedule.Cron cron, Instant after);
}
