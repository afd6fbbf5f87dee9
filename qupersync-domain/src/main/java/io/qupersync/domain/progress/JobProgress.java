package io.qupersync.domain.progress;

import java.time.Instant;
import java.util.Optional;

/// What is remembered of a job between runs.
///
/// @param lastSync when a run last ended well
/// @param lateness how late rows came since the watermark was last set by hand
public record JobProgress(
    Optional<Watermark> watermark,
    Optional<Checkpoint> checkpoint,
    Optional<Instant> lastSync,
    Optional<Lateness> lateness) {

  public JobProgress(
      Optional<Watermark> watermark, Optional<Checkpoint> checkpoint, Optional<Instant> lastSync) {
    this(watermark, checkpoint, lastSync, Optional.empty());
  }

  public static JobProgress none() {
    return new JobProgress(Optional.empty(), Optional.empty(), Optional.empty());
  }
}
