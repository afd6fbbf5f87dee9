package io.qupersync.application.schedule;

import io.qupersync.application.port.RunLog;
import io.qupersync.application.port.ScheduleStore;
import io.qupersync.application.sync.RunObserver;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.Schedule;
import io.qupersync.domain.run.RunStatus;
import io.qupersync.domain.run.RunTally;
import io.qupersync.domain.run.SyncRun;
import io.qupersync.domain.run.Trigger;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes down, once for all instances, which runs did not begin when they should have, and decides
/// what becomes of them.
final class Misfires {

  private static final Logger LOG = LoggerFactory.getLogger(Misfires.class);

  private final ScheduleStore store;
  private final RunLog runs;
  private final RunObserver observer;
  private final DueTimes times;

  /// @param observer does not throw
  Misfires(SchedulerPorts ports, RunObserver observer, DueTimes times) {
    this.store = ports.schedules();
    this.runs = ports.runs();
    this.observer = observer;
    this.times = times;
  }

  /// Nobody was there when the run was due, or the target was away. A job that runs every so often
  /// has promised its data to be no older than that, so it runs now, once; one that runs at certain
  /// hours has a reason for the hour, so it waits for the next.
  ///
  /// @param absence since when the target was away, if that is the reason
  /// @return whether it shall begin now
  boolean didNotBegin(DueRun run, Instant now, Optional<Instant> absence) {
    String why =
        absence
            .map("could not begin while the target was away, from %s on"::formatted)
            .orElse("nobody was there to start it");
    String what = "was due at %s and %s; %s".formatted(run.start(), why, missed(run, now));
    if (!(run.schedule() instanceof Schedule.Cron)) {
      if (store.misfired(run.key(), run.due())) {
        write(run.id(), now, what + "; it runs now, once");
      }
      return true;
    }
    leaveOut(run, now, what);
    return false;
  }

  /// The run waits for its turn, and longer than it should. It still gets it: a job that gave up
  /// its place each time would never run in a crowd.
  void waitsForItsTurn(DueRun run, Instant now, SchedulerSettings settings) {
    if (store.misfired(run.key(), run.due())) {
      write(
          run.id(),
          now,
          "was due at %s and still waits for its turn (max_concurrent_runs is %d, source.max_connections %d); it runs when it has it"
              .formatted(
                  run.start(), settings.maxConcurrentRuns(), settings.maxSourceConnections()));
    }
  }

  /// Moves on to the next time without a run.
  ///
  /// @param why in words, for the run log
  void leaveOut(DueRun run, Instant now, String why) {
    Optional<Instant> next = times.afterLeavingOut(run.schedule(), run.due(), now);
    if (store.plan(run.key(), Optional.of(run.due()), run.schedule(), next)) {
      write(
          run.id(),
          now,
          next.map(at -> "%s; the next run is due at %s".formatted(why, at)).orElse(why));
    }
  }

  private String missed(DueRun run, Instant now) {
    long missed = times.missed(run.schedule(), run.due(), now);
    return missed == 1 ? "1 run was missed" : "%d runs were missed".formatted(missed);
  }

  private void write(JobId job, Instant now, String remark) {
    LOG.warn("job={} misfired: {}", job, remark);
    observer.misfired(job);
    runs.neverBegan(
        new SyncRun(
            runs.nextId(),
            job,
            Trigger.SCHEDULE,
            RunStatus.MISFIRED,
            now,
            Optional.of(now),
            RunTally.zero(),
            1,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(remark)));
  }
}
