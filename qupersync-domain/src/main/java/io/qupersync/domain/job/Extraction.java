package io.qupersync.domain.job;

import java.util.Optional;

/// What a job reads and how it knows what it has read.
///
/// @param builtIn the built-in job whose source this is, as it comes with the program; its text may
///   change from version to version, and means the same rows
public record Extraction(
    JobSource source,
    Optional<WatermarkRule> watermark,
    Parallel parallel,
    Optional<JobId> builtIn) {

  public Extraction(JobSource source, Optional<WatermarkRule> watermark, Parallel parallel) {
    this(source, watermark, parallel, Optional.empty());
  }

  /// Read by one session.
  public Extraction(JobSource source, Optional<WatermarkRule> watermark) {
    this(source, watermark, Parallel.none());
  }

  /// The same, by these.
  public Extraction readBy(Parallel readers) {
    return new Extraction(source, watermark, readers, builtIn);
  }

  /// The same, from there.
  public Extraction from(JobSource other) {
    return new Extraction(other, watermark, parallel, builtIn);
  }

  /// The same, of a job that comes with the program.
  public Extraction builtIn(JobId job) {
    return new Extraction(source, watermark, parallel, Optional.of(job));
  }
}
