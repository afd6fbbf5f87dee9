package io.qupersync.application.port;

import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.ManualOverride;
import io.qupersync.domain.job.Schedule;
import io.qupersync.domain.job.ScheduleChange;
import io.qupersync.domain.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// When each job runs next, and which instance has taken that run. All instances share one such
/// store; its own clock decides what is due and what has expired. A due time is told to the
/// microsecond. Every method may throw [SyncFailure].
public interface ScheduleStore {

  /// Everything there is, in one look.
  ScheduleSnapshot look();

  /// The store's clock.
  Instant now();

  /// Decides when a job runs next. Does nothing when someone else was quicker: when the job is no
  /// longer due at `seen`, or its run has been claimed.
  ///
  /// @param seen when the job was due at the last look
  /// @param by the schedule by which `next` was reckoned
  /// @return whether it was decided
  boolean plan(JobId job, Optional<Instant> seen, Schedule by, Optional<Instant> next);

  /// Takes the run that is due at `due`, for `ttl` unless renewed. One of many who ask gets it. A
  /// claim that has expired, or whose owner is known to be dead, is there for the taking.
  Optional<Claim> claim(JobId job, Instant due, String owner, Duration ttl);

  /// Prolongs claims from now.
  ///
  /// @return those that are still held
  Set<Claim> renew(Collection<Claim> claims, Duration ttl);

  /// The run has ended, and the job runs next at `next`; empty for one that runs only when asked.
  /// Does nothing when another has taken over.
  ///
  /// @return false then
  boolean complete(Claim claim, Optional<Instant> next);

  /// The run did not begin: it is as due as it was.
  void release(Claim claim);

  /// The run began and was cut short: it is there for the taking, as if its owner had died.
  void giveUp(Claim claim);

  /// Notes that the run due at `due` is told to be late, once for all instances.
  ///
  /// @return false when someone else was quicker
  boolean misfired(JobId job, Instant due);

  /// Until [#resume] the job runs only when asked.
  void pause(JobId job, ManualOverride manualOverride);

  /// @return false when it was not paused
  boolean resume(JobId job);

  /// From now on this schedule counts, whatever the file says.
  void change(JobId job, ScheduleChange change);

  /// From now on the file's schedule counts.
  ///
  /// @return false when it did already
  boolean restore(JobId job);

  /// What there is of all jobs at one moment.
  ///
  /// @param now by the store's clock
  /// @param jobs those of which anything is known
  record ScheduleSnapshot(Instant now, Map<JobId, JobSchedule> jobs) {
    public ScheduleSnapshot {
      jobs = Map.copyOf(jobs);
    }

    /// Also of a job of which nothing is known.
    public JobSchedule of(JobId job) {
      return jobs.getOrDefault(job, JobSchedule.UNKNOWN);
    }
  }

  /// How one job's schedule stands.
  ///
  /// @param plan the schedule by which `due` was reckoned; empty before the first time
  /// @param due when it runs next; empty when it does not run by itself
  /// @param misfired whether the run log says already that this run is late
  /// @param running the run that holds the job's lease
  /// @param freeSince when the job's lease was given back, or expired
  record JobSchedule(
      Optional<Schedule> plan,
      Optional<Instant> due,
      boolean misfired,
      Optional<ManualOverride> paused,
      Optional<ScheduleChange> changed,
      Taken taken,
      Optional<RunId> running,
      Optional<Instant> freeSince) {

    static final JobSchedule UNKNOWN =
        new JobSchedule(
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty(),
            Optional.empty(),
            Taken.NOT,
            Optional.empty(),
            Optional.empty());
  }

  /// Whether someone has the due run.
  enum Taken {
    NOT,
    /// And has not ended it yet.
    TAKEN,
    /// And will never end it: the claim has expired, or its owner is dead.
    LOST
  }

  /// The right to start one due run, and to say when the next is due.
  record Claim(JobId job, Instant due, long token) {}
}
