package io.qupersync.application.sync;

import io.qupersync.application.port.SyncFailure;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.progress.Watermark;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.RunOutcome;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The one door to a run: under the job's lease, decides on the window, streams, shapes and commits
/// its rows, then moves the watermark. Safe for use by many threads; a run stays on its caller's
/// thread, which should be a virtual one, for an interrupt reaches a read only there.
public final class RunSyncJob {

  private final JobDefinitions jobs;
  private final SyncPorts ports;
  private final LeasedRuns runs;
  private final InstantSource clock;
  private final MappingPreparation mappingPreparation;
  private final Progress progress;
  private final WatermarkOrigins origins;
  private final Retrier retrier;
  private final ReadPlanner readPlanner;
  private final CopyWindow copyWindow;
  private final OpenRowsReader openRows;
  private final BackfillEnds backfillEnds;

  public RunSyncJob(
      JobDefinitions jobs,
      SyncPorts ports,
      LeasedRuns runs,
      TimeSources timeSources,
      BatchPipeline batchPipeline) {
    this.jobs = jobs;
    this.ports = ports;
    this.runs = runs;
    this.clock = timeSources.clock();
    this.mappingPreparation = new MappingPreparation(ports.source(), ports.target());
    this.progress = new Progress(ports.progress(), ports.source());
    this.origins = new WatermarkOrigins(ports, runs.owner(), timeSources.clock());
    this.retrier = new Retrier(timeSources.pause(), timeSources.random());
    this.readPlanner = new ReadPlanner(ports.source(), batchPipeline);
    this.copyWindow = new CopyWindow(ports, retrier, batchPipeline);
    this.backfillEnds = new BackfillEnds(ports, mappingPreparation, progress);
    this.openRows = new OpenRowsReader(ports, timeSources.clock(), retrier, copyWindow);
  }

  /// Runs the job now. What goes wrong is an outcome, not an exception.
  ///
  /// @throws IllegalArgumentException when there is no such job
  public RunOutcome run(RunRequest request) {
    return run(request, _ -> {});
  }

  /// The same, for one who must know which run this is while it goes on.
  ///
  /// Ends of a backfill that the job cannot have are refused without a run.
  ///
  /// @param begun hears of the run once it is in the run log; not at all when there is none
  public RunOutcome run(RunRequest request, Consumer<RunId> begun) {
    JobVariants defined = jobs.require(request.job());
    Optional<RunOutcome> refusal = backfillEnds.refusal(defined, request.scope());
    if (refusal.isPresent()) {
      return refusal.get();
    }
    JobVariants job = settled(defined);
    return runs.run(
        job,
        request,
        begun,
        () -> backfillEnds.refusalByColumn(job, request.scope()),
        run -> copy(run, job));
  }

  /// A run needs to know its limits before it begins. When the source does not answer, the narrower
  /// ones count: the run will ask again, and fail when there is no answer then.
  private JobVariants settled(JobVariants job) {
    if (!job.limitsDependOnFlavor()) {
      return job;
    }
    try {
      return job.settledOn(ports.source().flavor());
    } catch (SyncFailure unknown) {
      return job;
    }
  }

  private RunOutcome.Completed copy(RunContext run, JobVariants job) {
    RetryBudget retry = run.retries();
    // a try whose answer was lost may have added them
    var added = new LinkedHashSet<String>();
    MappingPreparation.Prepared prepared =
        retrier.attempt(
            retry,
            () ->
                mappingPreparation.prepare(
                    job,
                    (fitted, target) -> {
                      origins.check(run, fitted, target);
                      added.addAll(AddedColumns.of(fitted, target));
                    }),
            run::retrying);
    TableMapping mapping = prepared.mapping();
    retrier.carryOut(retry, () -> origins.begin(run, mapping, prepared.target()), run::retrying);
    Window window =
        SourceBehind.reading(
            run,
            mapping,
            retrier.attempt(
                retry,
                () -> progress.nextWindow(mapping, run.scope(), run.progress().known()),
                run::retrying),
            clock.instant());
    progress
        .newBeginning(mapping, run.scope(), run.progress().known(), window)
        .ifPresent(beginning ->
            retrier.carryOut(
                retry,
                () -> ports.progress().rememberBeginning(run.lease(), beginning),
                run::retrying));
    AddedColumns.remark(mapping, List.copyOf(added), window)
        .filter(_ -> run.progress().known().lastSync().isPresent())
        .ifPresent(run.progress()::remark);
    LateCommits.remarks(mapping, run.scope(), window).forEach(run.progress()::remark);
    run.progress()
        .goesOnFrom(Progress.reachedBefore(mapping, run.scope(), run.progress().known(), window));
    run.progress()
        .watch(
            retrier.attempt(
                retry,
                () -> progress.lateRows(mapping, run.scope(), run.progress().comparable()),
                run::retrying));
    WindowRead windowRead =
        retrier.attempt(retry, () -> readPlanner.of(run, mapping, window), run::retrying);
    copyWindow.copy(run, prepared.target(), windowRead);
    openRows.copy(run, prepared, window);
    ports.source().remarks(mapping.job()).forEach(run.progress()::remark);
    SourceBehind.check(run, mapping);
    retrier.carryOut(retry, () -> origins.settle(run, mapping), run::retrying);
    Optional<Watermark> reached =
        retrier.attempt(retry, () -> advance(run, mapping), run::retrying);
    origins.ended(run);
    return new RunOutcome.Completed(run.id(), run.progress().tally(), reached);
  }

  /// Every row of the window is committed: only now may the watermark move, and never back. Where
  /// all rows lie beyond the ceiling, it stays.
  private Optional<Watermark> advance(RunContext run, TableMapping mapping) {
    Optional<Watermark> before = run.progress().comparable().watermark();
    if (run.scope() instanceof RunRequest.Scope.Backfill) {
      return run.progress().known().watermark();
    }
    Optional<Watermark> next =
        run.progress().highest().map(mark -> later(before, mark)).or(() -> before);
    ports
        .progress()
        .advance(run.lease(), next, clock.instant(), WatermarkOrigins.basis(run, mapping));
    return next;
  }

  private static Watermark later(Optional<Watermark> before, Watermark reached) {
    return before
        .filter(known -> known.first().kind() == reached.first().kind())
        .map(reached::orLater)
        .orElse(reached);
  }
}
