package io.qupersync.application.sync;

import io.qupersync.application.port.TransientFailure;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.run.FatalErrors;
import io.qupersync.domain.run.Lease;
import io.qupersync.domain.run.RunId;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What belongs to one run from its lease to its end.
///
/// @param retries for all that the run does until its end
record RunContext(
    Lease lease,
    RunRequest request,
    RunProgress progress,
    RetryBudget retries,
    RunObserver observer) {

  private static final Logger LOG = LoggerFactory.getLogger(RunContext.class);

  JobId job() {
    return lease.job();
  }

  RunId id() {
    return lease.run();
  }

  RunRequest.Scope scope() {
    return request.scope();
  }

  int maxDeletedPercent(SyncJob job) {
    return switch (request.deletes()) {
      case LIMITED -> job.limits().maxDeletedPercent();
      case ALLOWED -> 100;
    };
  }

  /// Tells the observer. What it throws is its own problem.
  void report(Consumer<RunObserver> event) {
    try {
      event.accept(observer);
    } catch (RuntimeException | Error broken) {
      FatalErrors.passOn(broken);
      LOG.debug("an observer of run {} failed", id(), broken);
    }
  }

  void retrying(int retry, Duration delay, TransientFailure failure) {
    LOG.warn("retry {} in {} ms: {}", retry, delay.toMillis(), failure.getMessage());
    report(to -> to.retrying(job(), id(), retry, delay, String.valueOf(failure.getMessage())));
  }
}
