package io.qupersync.domain.progress;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// What is remembered of a job between runs.
///
/// @param lastSync when a run last ended well
/// @param lateness how late rows came since the watermark was last set by hand
/// @param beginning where the first run since then began to read; empty when it was at the very
///   beginning, at a fixed value, or is not known
/// @param origin what watermark and checkpoint were made for; empty in a state that an older
///   version has written
/// @param missing open rows that the source did not return, by a name of their keys, and since when
public record JobProgress(
    Optional<Watermark> watermark,
    Optional<Checkpoint> checkpoint,
    Optional<Instant> lastSync,
    Optional<Lateness> lateness,
    Optional<Watermark> beginning,
    Optional<WatermarkOrigin> origin,
    Map<String, Instant> missing) {

  public JobProgress {
    missing = Map.copyOf(missing);
  }

  public JobProgress(
      Optional<Watermark> watermark,
      Optional<Checkpoint> checkpoint,
      Optional<Instant> lastSync,
      Optional<Lateness> lateness,
      Optional<Watermark> beginning,
      Optional<WatermarkOrigin> origin) {
    this(watermark, checkpoint, lastSync, lateness, beginning, origin, Map.of());
  }

  public JobProgress(
      Optional<Watermark> watermark,
      Optional<Checkpoint> checkpoint,
      Optional<Instant> lastSync,
      Optional<Lateness> lateness) {
    this(watermark, checkpoint, lastSync, lateness, Optional.empty(), Optional.empty());
  }

  public JobProgress(
      Optional<Watermark> watermark, Optional<Checkpoint> checkpoint, Optional<Instant> lastSync) {
    this(watermark, checkpoint, lastSync, Optional.empty());
  }

  public static JobProgress none() {
    return new JobProgress(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /// Whether the next run goes on from somewhere, and does not read as the first one did.
  public boolean goesOn() {
    return watermark.isPresent() || checkpoint.isPresent();
  }
}
