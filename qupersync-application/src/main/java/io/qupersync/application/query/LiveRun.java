package io.qupersync.application.query;

import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.RunId;
import io.qupersync.domain.run.RunTally;
import java.time.Duration;
import java.time.Instant;

/// How far a run of this process has come by now.
///
/// @param rowsRead rows read from the source, of which the tally counts those that are committed
public record LiveRun(
    RunId run, JobId job, Instant startedAt, Instant at, long rowsRead, RunTally tally) {

  private static final double NANOS = 1e9;

  static LiveRun starting(RunId run, JobId job, Instant at) {
    return new LiveRun(run, job, at, at, 0, RunTally.zero());
  }

  /// Rows read per second since the start; 0 in the first instant.
  public double rowsPerSecond() {
    double seconds = Duration.between(startedAt, at).toNanos() / NANOS;
    return seconds <= 0 ? 0 : rowsRead / seconds;
  }

  LiveRun read(long rows, Instant now) {
    return new LiveRun(run, job, startedAt, now, rowsRead + rows, tally);
  }

  /// A replay commits rows that it never read from the source.
  LiveRun committed(RunTally soFar, Instant now) {
    return new LiveRun(run, job, startedAt, now, Math.max(rowsRead, soFar.extracted()), soFar);
  }

  LiveRun at(Instant now) {
    return new LiveRun(run, job, startedAt, now, rowsRead, tally);
  }
}
