package io.qupersync.domain.job;

import java.util.Optional;

/// How many sessions read a job's source at a time, each another range of one column's values.
///
/// @param readers sessions at a time, 1 to 64; one reads everything by one statement
/// @param splitBy the source column whose ranges they read; empty takes the job's key, where that
///   is one column whose values can be split
public record Parallel(int readers, Optional<String> splitBy) {

  public static final int MOST = 64;

  public Parallel {
    if (readers < 1 || readers > MOST) {
      throw new IllegalArgumentException(
          "parallel must be 1 to %d, was %d".formatted(MOST, readers));
    }
  }

  /// One session.
  public static Parallel none() {
    return new Parallel(1, Optional.empty());
  }
}
