package io.qupersync.application.sync;

import io.qupersync.application.port.LeaseStore.Attempt;
import io.qupersync.application.port.Pause;
import io.qupersync.application.port.SyncFailure;
import io.qupersync.domain.job.FlavoredJob;
import io.qupersync.domain.job.JobRegistry;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.run.Lease;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.domain.run.RunTally;
import io.qupersync.domain.run.SyncRun;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one door to a run: takes the job's lease, decides on the window, streams, shapes and commits
/// its rows, moves the watermark, writes the run log. Safe for use by many threads; a run stays on
/// its caller's thread, which should be a virtual one, for an interrupt reaches a read only there.
public final class RunSyncJob {

  private static final Logger LOG = LoggerFactory.getLogger(RunSyncJob.class);

  private final JobRegistry jobs;
  private final SyncPorts ports;
  private final RunSettings settings;
  private final InstantSource clock;
  private final Pause pause;
  private final RunObserver observer;
  private final Mappings mappings;
  private final Progress progress;
  private final Retrier retrier;
  private final CopyWindow copyWindow;
  private final ActiveRuns active = new ActiveRuns();

  public RunSyncJob(
      JobRegistry jobs,
      SyncPorts ports,
      RunSettings settings,
      Timing timing,
      Handover handover,
      RunObserver observer) {
    this.jobs = jobs;
    this.ports = ports;
    this.settings = settings;
    this.clock = timing.clock();
    this.pause = timing.pause();
    this.observer = observer;
    this.mappings = new Mappings(ports.source(), ports.target());
    this.progress = new Progress(ports.progress(), ports.source());
    this.retrier = new Retrier(timing.pause(), timing.random());
    this.copyWindow = new CopyWindow(ports, retrier, handover);
  }

  /// Runs the job now. What goes wrong is an outcome, not an exception.
  ///
  /// @throws IllegalArgumentException when there is no such job
  public RunOutcome run(RunRequest request) {
    FlavoredJob job =
        jobs.find(request.job())
            .orElseThrow(
                () -> new IllegalArgumentException("no job '%s'".formatted(request.job())));
    try {
      RunId id = ports.runs().nextId();
      return switch (ports.leases().acquire(job.id(), id, settings.owner(), settings.leaseTtl())) {
        case Attempt.Held(RunId holder, Instant _) -> new RunOutcome.AlreadyRunning(holder);
        case Attempt.Granted(Lease lease, Optional<RunId> abandoned) -> {
          abandoned.ifPresent(ports.runs()::abandoned);
          yield runUnder(lease, job, request);
        }
      };
    } catch (SyncFailure failure) {
      return new RunOutcome.Failed(
          Optional.empty(), failure.kind(), String.valueOf(failure.getMessage()), RunTally.zero());
    }
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

  private RunOutcome runUnder(Lease lease, FlavoredJob job, RunRequest request) {
    var run = new RunContext(lease, request, new RunProgress(), observer);
    try {
      SyncRun logged =
          SyncRun.starting(
              run.id(), run.job(), request.trigger(), clock.instant(), shownWatermark(lease));
      ports.runs().started(logged);
      LOG.info("job={} run={} started", run.job(), run.id());
      run.report(to -> to.started(run.job(), run.id()));
      RunOutcome outcome = guarded(run, job);
      writeEnd(run, job, logged, outcome);
      run.report(to -> to.ended(run.job(), run.id(), outcome));
      return outcome;
    } finally {
      release(lease);
    }
  }

  /// An end that cannot be written changes nothing of what the run did: its lease expires, and the
  /// next run marks this one as abandoned.
  private void writeEnd(RunContext run, FlavoredJob job, SyncRun logged, RunOutcome outcome) {
    RunEnd.log(LOG, run, outcome);
    try {
      retrier.attempt(
          job.provisioned().limits().retry(),
          () -> {
            SyncRun ended =
                RunEnd.of(
                    logged, outcome, run.progress(), clock.instant(), shownWatermark(run.lease()));
            ports.runs().finished(ended);
            return ended;
          },
          run::retrying);
    } catch (SyncFailure failure) {
      LOG.error(
          "job={} run={} ended, but its end cannot be written: {}",
          run.job(),
          run.id(),
          failure.getMessage());
    }
  }

  private void release(Lease lease) {
    try {
      ports.leases().release(lease);
    } catch (SyncFailure failure) {
      LOG.warn(
          "job={} run={} could not give its lease back, it expires by itself: {}",
          lease.job(),
          lease.run(),
          failure.getMessage());
    }
  }

  private Optional<String> shownWatermark(Lease lease) {
    return watermark(lease).map(Watermark::toString);
  }

  private RunOutcome guarded(RunContext run, FlavoredJob job) {
    Instant deadline = clock.instant().plus(job.provisioned().limits().timeout());
    RunGuard guard =
        RunGuard.over(ports.leases(), pause, clock, run.lease(), settings.leaseTtl(), deadline);
    RunOutcome outcome;
    try (guard) {
      active.add(run.id(), guard);
      outcome = copy(run, job);
    } catch (SyncFailure failure) {
      outcome = failed(run, failure.kind(), String.valueOf(failure.getMessage()));
    } catch (InterruptedRun _) {
      outcome = new RunOutcome.Cancelled(run.id(), run.progress().tally());
    } catch (RuntimeException defect) {
      LOG.error("job={} run={} met a defect", run.job(), run.id(), defect);
      outcome =
          failed(
              run,
              FailureKind.INTERNAL,
              "a defect in QuperSync: " + defect + "; please report it with --verbose");
    } finally {
      active.remove(run.id());
    }
    return outcome instanceof RunOutcome.Completed
        ? outcome
        : guard.stopReason().map(reason -> stopped(run, reason, job)).orElse(outcome);
  }

  private RunOutcome copy(RunContext run, FlavoredJob job) {
    TableMapping mapping =
        retrier.attempt(job.provisioned().limits().retry(), () -> prepared(job), run::retrying);
    Window window =
        retrier.attempt(
            mapping.job().limits().retry(),
            () -> progress.nextWindow(mapping, run.scope()),
            run::retrying);
    copyWindow.copy(run, mapping, window);
    Optional<Watermark> reached =
        retrier.attempt(mapping.job().limits().retry(), () -> advance(run, window), run::retrying);
    return new RunOutcome.Completed(run.id(), run.progress().tally(), reached);
  }

  private TableMapping prepared(FlavoredJob job) {
    TableMapping mapping = mappings.of(job);
    ports.target().prepare(mapping);
    return mapping;
  }

  /// Every row of the window is committed: only now may the watermark move, and never back.
  private Optional<Watermark> advance(RunContext run, Window window) {
    if (run.scope() instanceof RunRequest.Scope.Backfill) {
      return watermark(run.lease());
    }
    Optional<Watermark> before = watermark(run.lease());
    Optional<Watermark> reached = run.progress().highest().map(window::reached);
    Optional<Watermark> next = reached.map(mark -> later(before, mark)).or(() -> before);
    ports.progress().advance(run.lease(), next, clock.instant());
    return next;
  }

  private static Watermark later(Optional<Watermark> before, Watermark reached) {
    return before
        .filter(known -> known.kinds().getFirst() == reached.kinds().getFirst())
        .map(reached::orLater)
        .orElse(reached);
  }

  private Optional<Watermark> watermark(Lease lease) {
    return ports.progress().load(lease.job()).watermark();
  }

  private static RunOutcome stopped(RunContext run, RunGuard.StopReason reason, FlavoredJob job) {
    return switch (reason) {
      case CANCELLED -> new RunOutcome.Cancelled(run.id(), run.progress().tally());
      case TIMED_OUT ->
          failed(
              run,
              FailureKind.TIMEOUT,
              "the run took longer than its timeout of %s; raise 'timeout', the next run goes on from what is committed"
                  .formatted(job.provisioned().limits().timeout()));
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
}
