package io.qupersync.application.simulation;

import java.time.Duration;
import java.time.Instant;

/// How a source dates its rows: by its clock, or by days that have gone by, as after a nightly
/// load. Now and then a row is dated ahead of the clock: by minutes, which pass; or for ever, where
/// rows trail it, for a row that the clock has passed is one like others.
///
/// @param trailing how far the rows lie behind the clock
record RowTimestamps(Duration trailing) {

  private static final Duration FOR_EVER = Duration.ofDays(25_000);

  static RowTimestamps of(RandomChoices randomChoices) {
    return new RowTimestamps(
        randomChoices.chance(0.2)
            ? Duration.ofSeconds(randomChoices.oneOf(90, 7200, 172_800))
            : Duration.ZERO);
  }

  /// The stamp of a row that comes at this moment, so late.
  Instant at(Instant now, int lateness, RandomChoices randomChoices) {
    if (!randomChoices.chance(0.03)) {
      return now.minus(trailing).minusSeconds(lateness);
    }
    return trailing.isZero()
        ? now.minusSeconds(lateness).plusSeconds(randomChoices.upTo(1000))
        : now.plus(FOR_EVER);
  }
}
