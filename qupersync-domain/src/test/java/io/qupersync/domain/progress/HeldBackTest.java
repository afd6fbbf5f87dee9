package io.qupersync.domain.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.longs;

import io.qupersync.domain.progress.OpenTransactions.CannotTell;
import io.qupersync.domain.progress.OpenTransactions.Oldest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HeldBackTest {

  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void a_transaction_holds_the_watermark_at_its_beginning() {
    HeldBack held = HeldBack.by(since(NOON.minusSeconds(90)), NOON, HOUR).orElseThrow();

    assertThat(held.ceiling()).isEqualTo(NOON.minusSeconds(90));
    assertThat(held.age()).isEqualTo(Duration.ofSeconds(90));
    assertThat(held.isOutlasted()).isFalse();
  }

  @Test
  void one_that_is_older_than_allowed_holds_it_at_that_distance() {
    HeldBack held = HeldBack.by(since(NOON.minusSeconds(3601)), NOON, HOUR).orElseThrow();

    assertThat(held.ceiling()).isEqualTo(NOON.minus(HOUR));
    assertThat(held.isOutlasted()).isTrue();
  }

  @Test
  void nothing_else_holds_it() {
    assertThat(HeldBack.by(new OpenTransactions.None(), NOON, HOUR)).isEmpty();
    assertThat(HeldBack.by(new CannotTell("it does not say"), NOON, HOUR)).isEmpty();
    assertThat(HeldBack.by(since(NOON), NOON, HOUR)).isEmpty();
    assertThat(HeldBack.by(since(NOON.plusSeconds(5)), NOON, HOUR)).isEmpty();
    assertThat(HeldBack.by(since(NOON.minusSeconds(5)), NOON, Duration.ZERO)).isEmpty();
  }

  @Test
  void the_ceiling_is_never_ahead_of_the_clock_nor_further_behind_than_allowed() {
    qt().forAll(longs().between(-10_000, 10_000), longs().between(0, 10_000))
        .check((age, most) ->
            HeldBack.by(since(NOON.minusSeconds(age)), NOON, Duration.ofSeconds(most))
                .map(HeldBack::ceiling)
                .map(
                    ceiling -> ceiling.isBefore(NOON) && !ceiling.isBefore(NOON.minusSeconds(most)))
                .orElse(true));
  }

  private static Oldest since(Instant began) {
    return new Oldest(began, "a transaction");
  }
}
