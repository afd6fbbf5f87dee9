package io.qupersync.domain.alert;

import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.RunId;
import java.util.Optional;

/// Something is wrong with a job at this moment.
///
/// @param reason one line for people: what is wrong and what to do; no secret and no row value
/// @param run the run that failed, where it is about one
public record Alarm(JobId job, AlertKind kind, String reason, Optional<RunId> run) {

  public Alarm(JobId job, AlertKind kind, String reason) {
    this(job, kind, reason, Optional.empty());
  }

  /// Whether both are about the same trouble, whatever they say of it.
  public boolean isSameTroubleAs(Alarm other) {
    return job.equals(other.job) && kind == other.kind;
  }
}
