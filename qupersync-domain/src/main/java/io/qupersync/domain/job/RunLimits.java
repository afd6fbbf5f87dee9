package io.qupersync.domain.job;

import java.time.Duration;

/// What one run may use.
///
/// @param batchSize rows read and shaped at a time, 1 to 1,000,000
/// @param maxTransactionRows rows committed together at most; at least `batchSize`
/// @param maxRejected rejected rows a run survives, 0 or more
/// @param maxDeletedPercent how much of its target a mirror may delete in one run, 0 to 100; a
///   source that lost a privilege looks exactly like one that lost its rows
/// @param timeout for the whole run
public record RunLimits(
    int batchSize,
    int maxTransactionRows,
    long maxRejected,
    int maxDeletedPercent,
    Duration timeout,
    RetryPolicy retry) {

  private static final int HALF = 50;

  public RunLimits(
      int batchSize,
      int maxTransactionRows,
      long maxRejected,
      Duration timeout,
      RetryPolicy retry) {
    this(batchSize, maxTransactionRows, maxRejected, HALF, timeout, retry);
  }

  public RunLimits {
    if (batchSize < 1 || batchSize > 1_000_000) {
      throw new IllegalArgumentException("batch_size must be 1 to 1000000, was " + batchSize);
    }
    if (maxTransactionRows < batchSize) {
      throw new IllegalArgumentException(
          "max_transaction_rows must be at least batch_size (%d), was %d"
              .formatted(batchSize, maxTransactionRows));
    }
    if (maxRejected < 0) {
      throw new IllegalArgumentException("max_rejected must not be negative, was " + maxRejected);
    }
    if (maxDeletedPercent < 0 || maxDeletedPercent > 100) {
      throw new IllegalArgumentException(
          "max_deleted_percent must be 0 to 100, was " + maxDeletedPercent);
    }
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException("timeout must be positive, was " + timeout);
    }
  }

  public static RunLimits defaults() {
    return new RunLimits(1000, 20_000, 100, Duration.ofHours(1), RetryPolicy.defaults());
  }
}
