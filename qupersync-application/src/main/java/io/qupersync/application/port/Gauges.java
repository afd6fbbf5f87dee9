package io.qupersync.application.port;

import io.qupersync.domain.job.JobId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What is looked up when someone asks how things stand, rather than counted while it happens.
public interface Gauges {

  /// How the jobs stand. Asks the state store, so it may take its time, and may throw
  /// [SyncFailure].
  List<Job> jobs();

  /// How this process stands; answers at once.
  ThisProcess process();

  /// @param lag how far the watermark lies behind the present; empty without a watermark of time
  /// @param retentionLeft how long until the source forgets rows that were not read; negative when
  ///   it may have forgotten some
  /// @param running whether a run is under way, on whichever instance
  /// @param deadLetters rejected rows that wait
  record Job(
      JobId job,
      Optional<Duration> lag,
      Optional<Duration> retentionLeft,
      Optional<Instant> lastSuccess,
      boolean running,
      long deadLetters) {}

  /// @param dueRuns runs that are due and wait for their turn
  record ThisProcess(Backlog queue, long dueRuns, List<Pool> pools) {
    public ThisProcess {
      pools = List.copyOf(pools);
    }
  }

  /// What waits between the reading and the writing threads of all runs.
  record Backlog(long rows, long bytes) {}

  /// Connections to one database, for one purpose.
  ///
  /// @param waiting borrowers for whom there is none
  /// @param most how many there may be
  record Pool(String name, int active, int idle, int waiting, int most) {}
}
