package io.qupersync.domain.progress;

import io.qupersync.domain.job.Lookback;
import java.util.Optional;

/// How far a run that reads in order has committed.
///
/// @param at the highest watermark that is committed
/// @param ceiling that of the run's window: at most the source's clock when the run began
public record Checkpoint(Watermark at, Optional<Watermark> ceiling) {

  /// Where to go on: a row that came late while the first try was under way may lie before `at`,
  /// but no further than the lookback. That counts from `at` and not from the clock, which rows may
  /// trail by days.
  public Watermark resumeFrom(Lookback lookback) {
    return ceiling.map(at::orEarlier).orElse(at).minus(lookback);
  }
}
