package io.qupersync.domain.progress;

import java.time.Instant;
import java.util.Optional;

/// What is remembered of a job between runs.
///
/// @param lastSync when a run last ended well
public record JobProgress(
    Optional<Watermark> watermark, Optional<Checkpoint> checkpoint, Optional<Instant> lastSync) {

  public static JobProgress none() {
    return new JobProgress(Optional.empty(), Optional.empty(), Optional.empty());
  }
}
