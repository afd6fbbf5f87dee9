package io.qupersync.application.sync;

import io.qupersync.application.port.SyncFailure;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.mapping.WatermarkFit;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.domain.run.RunTally;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Refuses the wrong ends of a backfill before there is a run. They are a mistake of whoever asks
/// for it and say nothing about the job, whose state, history and alerts they must not change.
final class BackfillEnds {

  private final SyncPorts ports;
  private final MappingPreparation mappingPreparation;
  private final Progress progress;

  BackfillEnds(SyncPorts ports, MappingPreparation mappingPreparation, Progress progress) {
    this.ports = ports;
    this.mappingPreparation = mappingPreparation;
    this.progress = progress;
  }

  /// What is known without asking a database.
  ///
  /// @return why there can be no such run
  Optional<RunOutcome> refusal(JobVariants job, RunRequest.Scope scope) {
    return scope instanceof RunRequest.Scope.Backfill backfill
        ? byItself(job, backfill).map(BackfillEnds::refused)
        : Optional.empty();
  }

  /// What the type of the watermark's column tells.
  ///
  /// @return why there can be no such run; empty when there can, or when a database does not
  ///   answer, which is for the run to tell
  Optional<RunOutcome> refusalByColumn(JobVariants job, RunRequest.Scope scope) {
    return scope instanceof RunRequest.Scope.Backfill backfill && hasEnds(backfill)
        ? byItsColumn(job, backfill).map(BackfillEnds::refused)
        : Optional.empty();
  }

  private static boolean hasEnds(RunRequest.Scope.Backfill backfill) {
    return backfill.from().isPresent() || backfill.to().isPresent();
  }

  private static RunOutcome refused(String why) {
    return new RunOutcome.Failed(Optional.empty(), FailureKind.USAGE, why, RunTally.zero());
  }

  /// What the definition and the request tell without anybody asked. Both shapes of a job must tell
  /// it, as long as it is not known which of them counts.
  private static Optional<String> byItself(JobVariants job, RunRequest.Scope.Backfill backfill) {
    List<Optional<String>> told =
        Stream.of(job.provisioned(), job.serverless())
            .map(shape -> byItself(shape, backfill))
            .toList();
    return told.stream().allMatch(Optional::isPresent) ? told.getFirst() : Optional.empty();
  }

  private static Optional<String> byItself(SyncJob job, RunRequest.Scope.Backfill backfill) {
    return job.extraction()
        .watermark()
        .map(rule -> WatermarkFit.contradiction(rule, backfill.from(), backfill.to()))
        .orElseGet(() -> Optional.of(Progress.withoutWatermark(job.id())));
  }

  private Optional<String> byItsColumn(JobVariants job, RunRequest.Scope.Backfill backfill) {
    try {
      TableMapping mapping = mappingPreparation.of(job);
      return unfit(mapping, backfill);
    } catch (SyncFailure _) {
      // the run meets it, too
      return Optional.empty();
    }
  }

  private Optional<String> unfit(TableMapping mapping, RunRequest.Scope.Backfill backfill) {
    try {
      var _ = progress.nextWindow(mapping, backfill, ports.progress().load(mapping.job().id()));
      return Optional.empty();
    } catch (SyncFailure failure) {
      return failure.kind() == FailureKind.USAGE
          ? Optional.ofNullable(failure.getMessage())
          : Optional.empty();
    }
  }
}
