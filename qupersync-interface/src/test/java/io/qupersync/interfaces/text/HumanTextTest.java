package io.qupersync.interfaces.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumanTextTest {

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0s",
    "PT0.25S, 250ms",
    "PT45S, 45s",
    "PT5M, 5m",
    "PT1H30M, 1h 30m",
    "PT51H4M, 2d 3h",
    "PT24H1S, 1d 1s",
    "PT-5M, 0s"
  })
  void names_the_two_largest_units_of_a_duration(Duration duration, String text) {
    assertThat(HumanText.duration(duration)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "999, 999", "'1000', '1,000'", "1234567, '1,234,567'", "-1000, '-1,000'"})
  void separates_thousands(long number, String text) {
    assertThat(HumanText.count(number)).isEqualTo(text);
  }

  @Test
  void knows_one_from_many() {
    assertThat(HumanText.count(1, "row")).isEqualTo("1 row");
    assertThat(HumanText.count(0, "row")).isEqualTo("0 rows");
    assertThat(HumanText.count(2000, "row")).isEqualTo("2,000 rows");
  }

  @Test
  void shows_seconds_with_a_tenth_and_rates_without() {
    assertThat(HumanText.seconds(Duration.ofMillis(1_234_567))).isEqualTo("1,234.6");
    assertThat(HumanText.perSecond(1000, Duration.ofMillis(500))).isEqualTo("2,000");
    assertThat(HumanText.perSecond(1000, Duration.ZERO)).isEqualTo("-");
  }

  @Test
  void shows_times_in_utc() {
    assertThat(HumanText.instant(Instant.parse("2026-03-02T08:00:01.9Z")))
        .isEqualTo("2026-03-02 08:00:01Z");
  }

  @Test
  void cuts_what_is_too_long() {
    assertThat(HumanText.shortened("abcdef", 6)).isEqualTo("abcdef");
    assertThat(HumanText.shortened("abcdefg", 6)).isEqualTo("abcd..");
  }

  @ParameterizedTest
  @CsvSource({"rnu, run", "orderz, orders", "RUN, run", "ver, verbose", "urn, run"})
  void guesses_what_was_meant(String typed, String meant) {
    assertThat(Suggestion.of(typed, Set.of("run", "orders", "verbose"))).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"customers", "x", "plan"})
  void does_not_guess_wildly(String typed) {
    assertThat(Suggestion.of(typed, Set.of("run", "orders", "verbose"))).isEmpty();
  }
}
