package io.qupersync.infrastructure.cron;

import static org.assertj.core.api.Assertions.assertThat;

import io.qupersync.domain.job.Schedule;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronTimetableTest {

  private final CronTimetable timetable = new CronTimetable();

  /// Every run there is between two moments, both included.
  @ParameterizedTest(name = "{0} in {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # an ordinary night
          30 2 * * *     | US/Pacific          | 2026-03-03T00:00Z    | 2026-03-04T23:00Z    | 2026-03-03T10:30Z 2026-03-04T10:30Z
          # spring: the clocks go from 2 to 3 (10:00Z); what falls between runs once, at the end
          30 2 * * *     | US/Pacific          | 2026-03-08T00:00Z    | 2026-03-09T23:00Z    | 2026-03-08T10:00Z 2026-03-09T09:30Z
          0 2 * * *      | US/Pacific          | 2026-03-08T00:00Z    | 2026-03-08T23:00Z    | 2026-03-08T10:00Z
          */10 2 * * *   | US/Pacific          | 2026-03-08T00:00Z    | 2026-03-08T23:00Z    | 2026-03-08T10:00Z
          0 3 * * *      | US/Pacific          | 2026-03-08T00:00Z    | 2026-03-08T23:00Z    | 2026-03-08T10:00Z
          0 2,3 * * *    | US/Pacific          | 2026-03-08T00:00Z    | 2026-03-08T23:00Z    | 2026-03-08T10:00Z
          0 */2 * * *    | US/Pacific          | 2026-03-08T07:30Z    | 2026-03-08T12:30Z    | 2026-03-08T08:00Z 2026-03-08T10:00Z 2026-03-08T11:00Z
          30 * * * *     | US/Pacific          | 2026-03-08T08:00Z    | 2026-03-08T12:00Z    | 2026-03-08T08:30Z 2026-03-08T09:30Z 2026-03-08T10:30Z 2026-03-08T11:30Z
          */30 * * * *   | US/Pacific          | 2026-03-08T09:00Z    | 2026-03-08T11:00Z    | 2026-03-08T09:00Z 2026-03-08T09:30Z 2026-03-08T10:00Z 2026-03-08T10:30Z 2026-03-08T11:00Z
          # autumn: from 2 back to 1 (09:00Z); what comes twice runs once, the first time
          30 1 * * *     | US/Pacific          | 2026-11-01T00:00Z    | 2026-11-02T23:00Z    | 2026-11-01T08:30Z 2026-11-02T09:30Z
          0 1 * * *      | US/Pacific          | 2026-11-01T00:00Z    | 2026-11-01T23:00Z    | 2026-11-01T08:00Z
          0 2 * * *      | US/Pacific          | 2026-11-01T00:00Z    | 2026-11-01T23:00Z    | 2026-11-01T10:00Z
          0,30 1,2 * * * | US/Pacific          | 2026-11-01T00:00Z    | 2026-11-01T23:00Z    | 2026-11-01T08:00Z 2026-11-01T08:30Z 2026-11-01T10:00Z 2026-11-01T10:30Z
          # but an expression without an hour means every hour there is
          30 * * * *     | US/Pacific          | 2026-11-01T08:00Z    | 2026-11-01T11:00Z    | 2026-11-01T08:30Z 2026-11-01T09:30Z 2026-11-01T10:30Z
          0 * * * *      | US/Pacific          | 2026-11-01T08:00Z    | 2026-11-01T10:00Z    | 2026-11-01T08:00Z 2026-11-01T09:00Z 2026-11-01T10:00Z
          # half an hour only: from 2:00 to 2:30 (15:30Z), and from 2:00 back to 1:30 (15:00Z)
          15 2 * * *     | Australia/Lord_Howe | 2026-10-03T00:00Z    | 2026-10-03T23:00Z    | 2026-10-03T15:30Z
          15 * * * *     | Australia/Lord_Howe | 2026-10-03T14:00Z    | 2026-10-03T16:30Z    | 2026-10-03T14:45Z 2026-10-03T15:30Z 2026-10-03T16:15Z
          45 1 * * *     | Australia/Lord_Howe | 2026-04-04T00:00Z    | 2026-04-05T10:00Z    | 2026-04-04T14:45Z
          # at midnight: a day that begins at 1
          0 0 * * *      | Asia/Beirut         | 2026-03-28T00:00Z    | 2026-03-29T23:00Z    | 2026-03-28T22:00Z 2026-03-29T21:00Z
          30 0 * * *     | Atlantic/Azores     | 2026-03-28T12:00Z    | 2026-03-29T12:00Z    | 2026-03-29T01:00Z
          # a day that never was
          0 12 * * *     | Pacific/Apia        | 2011-12-29T00:00Z    | 2011-12-31T23:00Z    | 2011-12-29T22:00Z 2011-12-30T10:00Z 2011-12-30T22:00Z 2011-12-31T22:00Z
          # never any change
          0 2 * * *      | UTC                 | 2026-03-08T00:00Z    | 2026-03-09T03:00Z    | 2026-03-08T02:00Z 2026-03-09T02:00Z
          */15 * * * *   | +05:30              | 2026-03-08T00:10Z    | 2026-03-08T00:45Z    | 2026-03-08T00:15Z 2026-03-08T00:30Z 2026-03-08T00:45Z
          # once in four years
          0 0 29 2 *     | US/Pacific          | 2026-01-01T00:00Z    | 2033-01-01T00:00Z    | 2028-02-29T08:00Z 2032-02-29T08:00Z
          5 * 29 2 *     | US/Pacific          | 2028-02-29T07:00Z    | 2028-02-29T10:00Z    | 2028-02-29T08:05Z 2028-02-29T09:05Z
          """)
  void comes_round(String expression, String zone, String from, String to, String runs) {
    var cron = new Schedule.Cron(expression, ZoneId.of(zone));
    var found = new ArrayList<String>();
    Optional<Instant> next = timetable.next(cron, instant(from).minusNanos(1));
    while (next.isPresent() && !next.get().isAfter(instant(to))) {
      found.add(next.get().toString().replace(":00Z", "Z"));
      next = timetable.next(cron, next.get());
    }

    assertThat(found).startsWith(runs.split(" ")).hasSameSizeAs(List.of(runs.split(" ")));
  }

  @Test
  void a_date_that_never_comes_has_no_next_time() {
    var cron = new Schedule.Cron("0 0 30 2 *", ZoneId.of("US/Pacific"));

    assertThat(timetable.next(cron, Instant.parse("2026-01-01T00:00:00Z"))).isEmpty();
  }

  private static Instant instant(String minute) {
    return Instant.parse(minute.replace("Z", ":00Z"));
  }
}
