package io.qupersync.domain.progress;

import io.qupersync.domain.job.Lookback;
import java.util.Optional;

/// How far a run that reads in order has committed.
///
/// @param at the watermark of the last committed row
/// @param ceiling the source's clock when that run began
public record Checkpoint(Watermark at, Optional<Watermark> ceiling) {

  /// Where to go on. A row that came late while the first try was under way may lie before `at`,
  /// but not further back than the lookback from that try's beginning.
  public Watermark resumeFrom(Lookback lookback) {
    Watermark late = ceiling.orElse(at).minus(lookback);
    return at.orEarlier(late);
  }
}
