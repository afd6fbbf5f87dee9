package io.qupersync.application.sync;

import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.FatalErrors;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.domain.run.RunTally;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Several observers as one. One that fails does not keep the others from hearing.
public final class RunObservers implements RunObserver {

  private static final Logger LOG = LoggerFactory.getLogger(RunObservers.class);

  private final List<RunObserver> observers;

  private RunObservers(List<RunObserver> observers) {
    this.observers = observers;
  }

  /// Each is told in this order.
  public static RunObserver all(RunObserver... observers) {
    return new RunObservers(List.of(observers));
  }

  @Override
  public void notStarted(JobId job, RunOutcome outcome) {
    tell(observer -> observer.notStarted(job, outcome));
  }

  @Override
  public void looked() {
    tell(RunObserver::looked);
  }

  @Override
  public void misfired(JobId job) {
    tell(observer -> observer.misfired(job));
  }

  @Override
  public void started(JobId job, RunId run) {
    tell(observer -> observer.started(job, run));
  }

  @Override
  public void read(JobId job, RunId run, long rows) {
    tell(observer -> observer.read(job, run, rows));
  }

  @Override
  public void progressed(JobId job, RunId run, RunTally soFar) {
    tell(observer -> observer.progressed(job, run, soFar));
  }

  @Override
  public void retrying(JobId job, RunId run, int retry, Duration delay, String reason) {
    tell(observer -> observer.retrying(job, run, retry, delay, reason));
  }

  @Override
  public void ended(JobId job, RunId run, RunOutcome outcome) {
    tell(observer -> observer.ended(job, run, outcome));
  }

  private void tell(Consumer<RunObserver> event) {
    for (RunObserver observer : observers) {
      try {
        event.accept(observer);
      } catch (RuntimeException | Error broken) {
        FatalErrors.passOn(broken);
        LOG.debug("an observer of runs failed", broken);
      }
    }
  }
}
