package io.qupersync.application.sync;

import io.qupersync.application.port.LeaseStore;
import io.qupersync.application.port.LeaseStore.Attempt;
import io.qupersync.application.port.ProgressStore;
import io.qupersync.application.port.RunLog;
import io.qupersync.application.port.SyncFailure;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.domain.progress.JobProgress;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.run.FatalErrors;
import io.qupersync.domain.run.Lease;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.domain.run.RunTally;
import io.qupersync.domain.run.SyncRun;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Does a run's work under the job's lease: one run of a job at a time, each in the run log from
/// its start to its end, each stopped when it must be. The one place where a failure becomes an
/// outcome. Safe for use by many threads.
public final class LeasedRuns {

  private static final Logger LOG = LoggerFactory.getLogger(LeasedRuns.class);

  private static final String OUT_OF_MEMORY =
      "out of memory: the process ends, and the next run goes on from what is committed; give it more heap (-Xmx), or the job a smaller 'batch_size'";

  private final LeaseStore leases;
  private final RunLog runs;
  private final ProgressStore progress;
  private final RunSettings settings;
  private final TimeSources timeSources;
  private final RunObserver observer;
  private final Retrier retrier;
  private final ActiveRuns active = new ActiveRuns();

  public LeasedRuns(
      SyncPorts ports, RunSettings settings, TimeSources timeSources, RunObserver observer) {
    this.leases = ports.leases();
    this.runs = ports.runs();
    this.progress = ports.progress();
    this.settings = settings;
    this.timeSources = timeSources;
    this.observer = observer;
    this.retrier = new Retrier(timeSources.pause(), timeSources.random());
  }

  /// The name of this instance.
  String owner() {
    return settings.owner();
  }

  /// What a run does once it holds the lease.
  @FunctionalInterface
  interface Work {
    RunOutcome.Completed execute(RunContext run);
  }

  /// @param begun hears of the run once it is in the run log; not at all when there is none
  RunOutcome run(JobVariants job, RunRequest request, Consumer<RunId> begun, Work work) {
    return run(job, request, begun, Optional::empty, work);
  }

  /// The same, for one who has something to ask before there is a run.
  ///
  /// @param refusal asked under the lease, so that a job that is running is not kept waiting for;
  ///   what it gives is the answer, and nothing is written
  RunOutcome run(
      JobVariants job,
      RunRequest request,
      Consumer<RunId> begun,
      Supplier<Optional<RunOutcome>> refusal,
      Work work) {
    var retry = new RetryBudget(job.retry());
    Retrier.Retrying warning = LeasedRuns::warn;
    try (var _ = LogContext.of(job.id())) {
      RunId id = retrier.attempt(retry, runs::nextId, warning);
      Attempt attempt =
          retrier.attempt(
              retry,
              () -> leases.acquire(job.id(), id, settings.owner(), settings.leaseTtl()),
              warning);
      return switch (attempt) {
        case Attempt.Held(RunId holder, Instant _) ->
            notStarted(job, new RunOutcome.AlreadyRunning(holder));
        case Attempt.Granted(Lease lease, Optional<RunId> _) -> {
          Optional<RunOutcome> refused = refusal.get();
          if (refused.isPresent()) {
            release(lease);
            yield refused.get();
          }
          try (var _ = LogContext.of(job.id(), id)) {
            yield runUnder(lease, retry, job, request, begun, work);
          }
        }
      };
    } catch (SyncFailure failure) {
      LOG.error("job={} did not start: {}", job.id(), failure.getMessage());
      return notStarted(
          job,
          new RunOutcome.Failed(
              Optional.empty(),
              failure.kind(),
              String.valueOf(failure.getMessage()),
              RunTally.zero()));
    }
  }

  private RunOutcome notStarted(JobVariants job, RunOutcome outcome) {
    try {
      observer.notStarted(job.id(), outcome);
    } catch (RuntimeException | Error broken) {
      FatalErrors.passOn(broken);
      LOG.debug("an observer failed", broken);
    }
    return outcome;
  }

  /// Tells a run of this process to stop; its batch in flight is committed or rolled back.
  ///
  /// @return false when no such run is under way here
  public boolean cancel(RunId run) {
    return active.cancel(run);
  }

  /// Tells all runs of this process to stop.
  public void cancelAll() {
    active.cancelAll();
  }

  /// Tells all runs of this process to stop, and any that is about to begin: the process ends.
  public void cancelAllForGood() {
    active.cancelAllForGood();
  }

  /// Whether the process ends, and no run that begins gets anywhere.
  public boolean takesNone() {
    return active.takesNone();
  }

  private RunOutcome runUnder(
      Lease lease,
      RetryBudget retry,
      JobVariants job,
      RunRequest request,
      Consumer<RunId> begun,
      Work work) {
    var run = new RunContext(lease, request, new RunProgress(), retry, observer);
    RunOutcome outcome;
    boolean hasEnded = false;
    var fatal = new AtomicReference<@Nullable OutOfMemoryError>();
    try {
      SyncRun logged = retrier.attempt(retry, () -> writeStart(run), run::retrying);
      LOG.atLevel(RunEndLog.isRoutine(run) ? Level.DEBUG : Level.INFO).log("started");
      begun.accept(run.id());
      run.report(to -> to.started(run.job(), run.id()));
      outcome = guarded(run, job, work, fatal);
      hasEnded = writeEnd(run, new RetryBudget(retry.policy()), logged, outcome);
    } finally {
      if (!hasEnded) {
        release(lease);
      }
    }
    // not before: whoever hears of the end may run the job again
    run.report(to -> to.ended(run.job(), run.id(), outcome));
    OutOfMemoryError exhausted = fatal.get();
    if (exhausted != null) {
      // the run is told of as failed; the process ends
      throw exhausted;
    }
    return outcome;
  }

  private RunOutcome guarded(
      RunContext run,
      JobVariants job,
      Work work,
      AtomicReference<@Nullable OutOfMemoryError> fatal) {
    Duration timeout = job.timeout();
    Instant deadline = timeSources.clock().instant().plus(timeout);
    RunGuard guard =
        RunGuard.over(
            leases,
            timeSources.pause(),
            timeSources.clock(),
            run.lease(),
            settings.leaseTtl(),
            deadline);
    RunOutcome outcome;
    try (guard) {
      active.add(run.id(), guard);
      outcome = work.execute(run);
    } catch (SyncFailure failure) {
      outcome = failed(run, failure.kind(), String.valueOf(failure.getMessage()));
    } catch (RunInterruptedException _) {
      outcome = new RunOutcome.Cancelled(run.id(), run.progress().tally());
    } catch (OutOfMemoryError exhausted) {
      fatal.set(exhausted);
      outcome = failed(run, FailureKind.INTERNAL, OUT_OF_MEMORY);
    } catch (RuntimeException | Error defect) {
      RedactedThrowable told = RedactedThrowable.of(defect);
      LOG.error("met a defect", told);
      outcome =
          failed(
              run,
              FailureKind.INTERNAL,
              "a defect in QuperSync, please report it: " + told.inOneLine());
    } finally {
      active.remove(run.id());
    }
    return outcome instanceof RunOutcome.Completed
        ? outcome
        : guard.stopReason().map(reason -> stopped(run, reason, timeout)).orElse(outcome);
  }

  private static RunOutcome stopped(RunContext run, RunGuard.StopReason reason, Duration timeout) {
    return switch (reason) {
      case CANCELLED -> new RunOutcome.Cancelled(run.id(), run.progress().tally());
      case TIMED_OUT ->
          failed(
              run,
              FailureKind.TIMEOUT,
              "the run took longer than its timeout of %s; raise 'timeout', the next run goes on from what is committed"
                  .formatted(timeout));
      case LEASE_LOST ->
          failed(
              run,
              FailureKind.LEASE_LOST,
              "this process stalled so long that another run took over the job; nothing was written since");
    };
  }

  private static RunOutcome.Failed failed(RunContext run, FailureKind kind, String reason) {
    return new RunOutcome.Failed(Optional.of(run.id()), kind, reason, run.progress().tally());
  }

  private SyncRun writeStart(RunContext run) {
    JobProgress known = progress.load(run.job());
    run.progress().beginsFrom(known);
    SyncRun starting =
        SyncRun.starting(
            run.id(),
            run.job(),
            run.request().trigger(),
            timeSources.clock().instant(),
            known.watermark().map(Watermark::toString));
    runs.started(starting);
    return starting;
  }

  /// With retries of its own: a run that has spent all it had must still be able to say so. An end
  /// that cannot be written changes nothing of what the run did: the next run marks this one as
  /// abandoned.
  ///
  /// @return whether it is written, and the lease given back with it
  private boolean writeEnd(RunContext run, RetryBudget retry, SyncRun logged, RunOutcome outcome) {
    RunEndLog.log(LOG, run, outcome);
    try {
      retrier.carryOut(
          retry,
          () ->
              runs.finished(
                  RunEndLog.of(
                      logged,
                      outcome,
                      run.progress(),
                      timeSources.clock().instant(),
                      reached(run, outcome).map(Watermark::toString))),
          run::retrying);
      return true;
    } catch (SyncFailure failure) {
      LOG.error("ended, but its end cannot be written: {}", failure.getMessage());
      return false;
    }
  }

  private void release(Lease lease) {
    try {
      leases.release(lease);
    } catch (SyncFailure failure) {
      LOG.warn("could not give the lease back, it expires by itself: {}", failure.getMessage());
    }
  }

  /// Nobody but the run itself moves its job's watermark while it holds the lease.
  private static Optional<Watermark> reached(RunContext run, RunOutcome outcome) {
    return outcome instanceof RunOutcome.Completed completed
        ? completed.reached()
        : run.progress().known().watermark();
  }

  private static void warn(int attempt, Duration delay, SyncFailure failure) {
    LOG.warn(
        "cannot start, retry {} in {} ms: {}", attempt, delay.toMillis(), failure.getMessage());
  }
}
