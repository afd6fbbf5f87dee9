package io.qupersync.sandbox.bench;

import java.util.List;

/// All that was measured of one work.
record Measured(String work, String title, List<Series> series) {

  public Measured {
    series = List.copyOf(series);
  }

  Series of(String contestant) {
    return series.stream()
        .filter(one -> one.contestant().equals(contestant))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(work + " has no " + contestant));
  }

  /// How many times as fast as another QuperSync was: the median over the rounds.
  double speedAgainst(String contestant) {
    return Medians.ofRatios(
        of(contestant).all(Cost::seconds), of(Contestant.QUPERSYNC).all(Cost::seconds));
  }
}
