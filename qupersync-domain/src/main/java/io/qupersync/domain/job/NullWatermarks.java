package io.qupersync.domain.job;

/// What an incremental job does with rows whose watermark column is NULL: no window ever holds
/// them.
public enum NullWatermarks {
  /// Reads them at every run. Nothing is missed.
  EVERY_RUN,
  /// Leaves them at the source, and the run's result says so.
  SKIP
}
