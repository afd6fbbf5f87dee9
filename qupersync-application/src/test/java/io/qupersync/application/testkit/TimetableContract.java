package io.qupersync.application.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qupersync.application.port.Timetable;
import io.qupersync.domain.job.Schedule;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/// What every [Timetable] promises, in zones whose clocks never change.
public abstract class TimetableContract {

  private static final Schedule.Cron HALF_PAST_TWO =
      new Schedule.Cron("30 2 * * *", ZoneId.of("+05:30"));

  protected abstract Timetable open();

  @Test
  void a_time_of_the_day_comes_every_day() {
    assertThat(open().next(HALF_PAST_TWO, Instant.parse("2026-03-02T20:59:59.999999Z")))
        .contains(Instant.parse("2026-03-02T21:00:00Z"));
  }

  @Test
  void the_next_time_is_later_than_now() {
    assertThat(open().next(HALF_PAST_TWO, Instant.parse("2026-03-02T21:00:00Z")))
        .contains(Instant.parse("2026-03-03T21:00:00Z"));
  }

  @Test
  void what_is_no_expression_is_refused() {
    var cron = new Schedule.Cron("every now and then", ZoneId.of("UTC"));

    assertThatThrownBy(() -> open().next(cron, Instant.EPOCH))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
