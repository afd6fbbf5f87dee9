package io.qupersync.domain.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qupersync.domain.job.Lookback;
import io.qupersync.domain.progress.LateRows.Among;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatenessTest {

  private static final WatermarkValue EIGHT =
      new WatermarkValue.Timestamp(LocalDateTime.parse("2026-03-02T08:00:00"));

  @ParameterizedTest
  @CsvSource({
    "PT0.000001S, PT1M",
    "PT1M, PT1M",
    "PT1M0.000001S, PT2M",
    "PT12M, PT15M",
    "PT21M59S, PT25M",
    "PT46M, PT1H",
    "PT5H, PT6H",
    "PT24H, PT24H",
    "PT24H0.000001S, PT48H",
    "PT100H, PT120H",
  })
  void suggests_the_next_time_that_people_would_choose(Duration late, Duration suggested) {
    assertThat(time(late).suggested(new Lookback.None())).isEqualTo(new Lookback.OfTime(suggested));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "99, 99",
    "100, 100",
    "101, 110",
    "12345, 13000",
    "9223372036854775807, 9223372036854775807"
  })
  void suggests_a_count_with_two_digits(long late, long suggested) {
    assertThat(count(late).suggested(new Lookback.OfCount(0)))
        .isEqualTo(new Lookback.OfCount(suggested));
  }

  @Test
  void suggests_what_the_job_has_when_that_caught_them() {
    var own = new Lookback.OfTime(Duration.ofSeconds(731));

    assertThat(time(Duration.ofSeconds(731)).suggested(own)).isEqualTo(own);
    assertThat(time(Duration.ofSeconds(732)).suggested(own))
        .isEqualTo(new Lookback.OfTime(Duration.ofMinutes(15)));
  }

  @Test
  void keeps_the_latest_and_counts_all() {
    Lateness both = time(Duration.ofMinutes(12)).and(time(Duration.ofMinutes(3)));

    assertThat(both).isEqualTo(new Lateness(new Lookback.OfTime(Duration.ofMinutes(12)), 2));
    assertThat(count(3).and(count(12)).most()).isEqualTo(new Lookback.OfCount(12));
  }

  @Test
  void forgets_what_was_seen_of_another_sort_of_watermark() {
    assertThat(time(Duration.ofDays(3)).and(count(5))).isEqualTo(count(5));
  }

  @Test
  void a_row_is_late_that_lies_before_what_was_reached() {
    var late = new LateRows(EIGHT, Optional.empty(), Among.WRITTEN);

    assertThat(late.hold(EIGHT)).isFalse();
    assertThat(late.hold(minutesBeforeEight(1))).isTrue();
    assertThat(late.hold(new WatermarkValue.Date(LocalDate.EPOCH))).isFalse();
    assertThat(late.hold(new WatermarkValue.Timestamp(LocalDateTime.MIN))).isFalse();
  }

  @Test
  void a_row_from_before_the_jobs_beginning_is_not_late() {
    var late = new LateRows(EIGHT, Optional.of(minutesBeforeEight(10)), Among.INSERTED);

    assertThat(late.hold(minutesBeforeEight(10))).isTrue();
    assertThat(late.hold(minutesBeforeEight(11))).isFalse();
  }

  @Test
  void tells_the_distance_in_time_or_in_numbers() {
    assertThat(new LateRows(EIGHT, Optional.empty(), Among.WRITTEN).lateness(minutesBeforeEight(7)))
        .isEqualTo(time(Duration.ofMinutes(7)));
    assertThat(
            late(new WatermarkValue.TimestampTz(Instant.ofEpochSecond(100)))
                .lateness(new WatermarkValue.TimestampTz(Instant.ofEpochSecond(40))))
        .isEqualTo(time(Duration.ofMinutes(1)));
    assertThat(
            late(new WatermarkValue.Date(LocalDate.EPOCH))
                .lateness(new WatermarkValue.Date(LocalDate.EPOCH.minusDays(2))))
        .isEqualTo(time(Duration.ofDays(2)));
    assertThat(
            late(new WatermarkValue.Numeric(BigDecimal.TEN))
                .lateness(new WatermarkValue.Numeric(new BigDecimal("7.5"))))
        .isEqualTo(count(3));
  }

  @Test
  void texts_and_infinities_have_no_distance() {
    assertThatThrownBy(() -> late(new WatermarkValue.Text("b")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> late(new WatermarkValue.TimestampTz(Instant.MAX)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static LateRows late(WatermarkValue reached) {
    return new LateRows(reached, Optional.empty(), Among.WRITTEN);
  }

  private static WatermarkValue minutesBeforeEight(int minutes) {
    return EIGHT.minus(Duration.ofMinutes(minutes));
  }

  private static Lateness time(Duration late) {
    return new Lateness(new Lookback.OfTime(late), 1);
  }

  private static Lateness count(long late) {
    return new Lateness(new Lookback.OfCount(late), 1);
  }
}
