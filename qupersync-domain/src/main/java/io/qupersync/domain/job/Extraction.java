package io.qupersync.domain.job;

import java.util.Optional;

/// What a job reads and how it knows what it has read.
public record Extraction(JobSource source, Optional<WatermarkRule> watermark, Parallel parallel) {

  /// Read by one session.
  public Extraction(JobSource source, Optional<WatermarkRule> watermark) {
    this(source, watermark, Parallel.none());
  }

  /// The same, by these.
  public Extraction readBy(Parallel readers) {
    return new Extraction(source, watermark, readers);
  }
}
