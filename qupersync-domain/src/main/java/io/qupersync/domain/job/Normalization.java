package io.qupersync.domain.job;

/// A cleaning step for text values, applied in the order the job names them and before any
/// conversion.
public enum Normalization {
  /// Removes white space at both ends.
  TRIM,
  /// Removes white space at the end only; for blank-padded `char(n)` values.
  RTRIM,
  LOWER,
  UPPER,
  /// Turns an empty text into NULL.
  EMPTY_AS_NULL,
  /// Removes U+0000, which PostgreSQL cannot store in text.
  STRIP_NUL
}
