package io.qupersync.app.config;

import io.qupersync.domain.job.RetryPolicy;
import io.qupersync.domain.job.RunLimits;
import io.qupersync.interfaces.text.Durations;
import java.time.Duration;

/// Reads what a run may use: from the section `defaults`, and from a job.
final class LimitsReader {

  private static final int LARGEST_BATCH = 1_000_000;
  private static final int MOST_RETRIES = 100;

  private LimitsReader() {}

  /// @param standard what holds where the section says nothing
  static RunLimits read(Section section, RunLimits standard) {
    int batchSize =
        section
            .read("batch_size", Values.smallNumber(1, LARGEST_BATCH))
            .orElse(standard.batchSize());
    // A batch is never split over two transactions: one that is larger than the standard raises it.
    int maxTransactionRows =
        section
            .read("max_transaction_rows", Values.smallNumber(1, Integer.MAX_VALUE))
            .orElse(Math.max(standard.maxTransactionRows(), batchSize));
    long maxRejected =
        section
            .read("max_rejected", Values.number(0, Long.MAX_VALUE))
            .orElse(standard.maxRejected());
    int maxDeletedPercent =
        section
            .read("max_deleted_percent", Values.smallNumber(0, 100))
            .orElse(standard.maxDeletedPercent());
    Duration timeout = section.read("timeout", Durations::positive).orElse(standard.timeout());
    RetryPolicy retry = retry(section.child("retry", Keys.RETRY), standard.retry());
    return section
        .built(
            section.placeOf("max_transaction_rows"),
            () ->
                new RunLimits(
                    batchSize, maxTransactionRows, maxRejected, maxDeletedPercent, timeout, retry))
        .orElse(standard);
  }

  private static RetryPolicy retry(Section section, RetryPolicy standard) {
    Duration base = section.read("base_delay", Durations::parse).orElse(standard.baseDelay());
    Duration most = section.read("max_delay", Durations::parse).orElse(standard.maxDelay());
    if (base.compareTo(most) > 0) {
      section.problem(
          section.place(),
          "base_delay (%s) must not be longer than max_delay (%s)"
              .formatted(Durations.text(base), Durations.text(most)));
      return standard;
    }
    return new RetryPolicy(
        section
            .read("max_retries", Values.smallNumber(0, MOST_RETRIES))
            .orElse(standard.maxRetries()),
        base,
        most);
  }
}
