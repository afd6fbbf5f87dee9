package io.qupersync.app.config;

import io.qupersync.domain.job.RetryPolicy;
import io.qupersync.domain.job.RunLimits;
import java.time.Duration;
import java.time.ZoneId;

/// What holds for every job that says nothing else.
///
/// @param interval between two runs of a job without a schedule
/// @param lookback of watermarks of a time type that say nothing
/// @param parallel how many sessions may read a job's source at a time
/// @param timezone of cron schedules that name none
/// @param misfireGrace how late a run may start before it counts as missed
public record DefaultsConfig(
    Duration interval,
    Duration lookback,
    int batchSize,
    int maxTransactionRows,
    long maxRejected,
    int maxDeletedPercent,
    int parallel,
    ZoneId timezone,
    Duration misfireGrace,
    Duration timeout,
    RetryPolicy retry) {

  public RunLimits limits() {
    return new RunLimits(
        batchSize, maxTransactionRows, maxRejected, maxDeletedPercent, timeout, retry);
  }
}
