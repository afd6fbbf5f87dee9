package io.qupersync.domain.job;

import java.time.Duration;

/// Where a job begins that has no watermark yet.
public sealed interface FirstRead {

  record Everything() implements FirstRead {}

  /// So long before the source's present; for watermarks of a time type.
  record Ago(Duration reach) implements FirstRead {}

  /// At a value, in the text form of the watermark column's type.
  record At(String value) implements FirstRead {}
}
