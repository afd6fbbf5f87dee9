package io.qupersync.domain.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.longs;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

  private static final RetryPolicy POLICY =
      new RetryPolicy(3, Duration.ofSeconds(1), Duration.ofSeconds(30));

  @Test
  void allows_as_many_retries_as_it_says() {
    assertThat(POLICY.allows(3)).isTrue();
    assertThat(POLICY.allows(4)).isFalse();
    assertThat(new RetryPolicy(0, Duration.ZERO, Duration.ZERO).allows(1)).isFalse();
  }

  @Test
  void a_delay_lies_between_zero_and_the_doubled_and_capped_base() {
    qt().forAll(
            integers().between(1, 100),
            longs().between(0, Duration.ofDays(365_000).toMillis()),
            longs().between(0, Duration.ofDays(365_000).toMillis()),
            longs().all())
        .check((retry, one, other, seed) -> {
          var base = Duration.ofMillis(Math.min(one, other));
          var max = Duration.ofMillis(Math.max(one, other));
          Duration delay = new RetryPolicy(100, base, max).delayBefore(retry, new Random(seed));
          double ceiling = Math.min(max.toMillis(), base.toMillis() * Math.pow(2, retry - 1.0));
          return !delay.isNegative() && delay.toMillis() <= ceiling;
        });
  }

  @Test
  void the_whole_range_is_used() {
    var random = new SplittableRandom(42);
    List<Long> delays =
        IntStream.range(0, 1000).mapToObj(_ -> POLICY.delayBefore(3, random).toMillis()).toList();

    assertThat(delays).allMatch(delay -> delay >= 0 && delay <= 4000);
    assertThat(delays).anyMatch(delay -> delay < 400).anyMatch(delay -> delay > 3600);
  }

  @Test
  void refuses_delays_that_make_no_sense() {
    assertThatThrownBy(() -> new RetryPolicy(-1, Duration.ZERO, Duration.ZERO))
        .hasMessage("max_retries must not be negative, was -1");
    assertThatThrownBy(() -> new RetryPolicy(1, Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .hasMessageContaining("base_delay must lie between 0 and max_delay");
    assertThatThrownBy(() -> new RetryPolicy(1, Duration.ofSeconds(-1), Duration.ofSeconds(1)))
        .hasMessageContaining("base_delay must lie between 0 and max_delay");
  }
}
