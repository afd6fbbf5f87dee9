package io.qupersync.application.inspect;

import io.qupersync.application.inspect.VerifyJob.Examined;
import io.qupersync.application.port.RowSource;
import io.qupersync.application.sync.RunRequest;
import io.qupersync.application.sync.RunSyncJob;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.domain.job.SyncMode;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.domain.run.Trigger;
import java.util.Optional;
import java.util.function.Function;

/// Makes good what [VerifyJob] finds: a run of the job, under its lease and in its run log, that
/// writes only the key ranges that differ and leaves the watermark where it is. A mirror is simply
/// run, since only a whole run knows what has to go.
public final class RepairJob {

  private final RowSource source;
  private final VerifyJob verify;
  private final Function<RowSource, RunSyncJob> runs;

  /// @param runs the one door to a run, reading from the source it is given
  public RepairJob(RowSource source, VerifyJob verify, Function<RowSource, RunSyncJob> runs) {
    this.source = source;
    this.verify = verify;
    this.runs = runs;
  }

  /// @param outcome empty when there was nothing to repair
  /// @param report how the two sides compare afterwards
  public record Repaired(Optional<RunOutcome> outcome, VerifyReport report) {}

  /// To be called on a virtual thread, as every run is.
  ///
  /// @throws io.qupersync.application.port.SyncFailure when a database cannot be read, or the job
  ///   does not fit
  public Repaired repair(JobVariants job) {
    Examined examined = verify.examine(job);
    if (examined.report().same()) {
      return new Repaired(Optional.empty(), examined.report());
    }
    boolean mirror = examined.mapping().job().mode() == SyncMode.MIRROR;
    RowSource wanted = mirror ? source : new RangesOfSource(source, examined);
    RunOutcome outcome =
        runs.apply(wanted).run(new RunRequest(job.id(), Trigger.CLI, scope(examined)));
    return new Repaired(Optional.of(outcome), verify.verify(job));
  }

  /// A job without a watermark has none to leave alone.
  private static RunRequest.Scope scope(Examined examined) {
    return examined.mapping().watermark().isPresent()
        ? new RunRequest.Scope.Backfill(Optional.empty(), Optional.empty())
        : new RunRequest.Scope.Ordinary();
  }
}
