package io.qupersync.infrastructure.metrics;

import io.qupersync.application.testkit.FixedGauges;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.RunStatus;
import io.qupersync.domain.run.RunTally;
import java.time.Duration;
import java.time.Instant;

/// Lets everything happen once, so that every metric there is has a value.
final class EverythingOnce {

  private EverythingOnce() {}

  static void in(PrometheusSyncMetrics metrics) {
    var orders = new JobId("orders");
    metrics.started(orders);
    metrics.committed(orders, new RunTally(3, 1, 1, 1, 0, 0, 0));
    metrics.retried(orders);
    metrics.ended(orders, RunStatus.SUCCESS, Duration.ofSeconds(1));
    metrics.failedToStart(orders);
    metrics.misfired(orders);
    metrics.ticked();
    metrics.alertDelivered("on-call");
    metrics.alertFailed("on-call");
    metrics.poll(
        new FixedGauges()
            .job(
                FixedGauges.aJob("orders")
                    .lagging(Duration.ofMinutes(7))
                    .losingRowsIn(Duration.ofDays(6))
                    .lastWellAt(Instant.EPOCH))
            .pool("target-loads", 1, 1, 0, 8));
  }
}
