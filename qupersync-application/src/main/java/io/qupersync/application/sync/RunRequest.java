package io.qupersync.application.sync;

import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.Trigger;
import java.util.Optional;

/// A wish to run a job.
///
/// @param deletes whether a mirror may delete more of its target than the job allows
public record RunRequest(JobId job, Trigger trigger, Scope scope, Deletes deletes) {

  public RunRequest(JobId job, Trigger trigger, Scope scope) {
    this(job, trigger, scope, Deletes.LIMITED);
  }

  /// How far a mirror may go.
  public enum Deletes {
    LIMITED,
    ALLOWED
  }

  public static RunRequest ordinary(JobId job, Trigger trigger) {
    return new RunRequest(job, trigger, new Scope.Ordinary());
  }

  /// How much of the source the run reads.
  public sealed interface Scope {

    /// From the watermark, or the checkpoint of a run that died.
    record Ordinary() implements Scope {}

    /// All there is, whatever the watermark says; the watermark moves as in an ordinary run.
    record Full() implements Scope {}

    /// Between two values of the watermark's leading column, both included, in their text form;
    /// leaves the watermark alone.
    ///
    /// @param from empty reads from the very beginning
    /// @param to empty reads to the very end
    record Backfill(Optional<String> from, Optional<String> to) implements Scope {}
  }
}
