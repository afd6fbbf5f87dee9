package io.qupersync.application.sync;

import io.qupersync.application.port.PermanentFailure;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.Schedule;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.progress.Fingerprint;
import io.qupersync.domain.progress.JobProgress;
import io.qupersync.domain.progress.WatermarkOrigin;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.run.ShellCommand;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps two instances from running one job by two definitions, where each would undo what the
/// other has written. Safe for use by many threads.
///
/// An instance that finds the job run by another one, by another definition, since it last ran the
/// job itself by the definition it still has, knows that both are at work: it stops, and the newer
/// definition goes on. A new definition is not stopped: it may have come by a restart or a reload,
/// and the instance that ran the former one may be gone or about to be given it, too.
final class InstancesDefinitions {

  private static final Logger LOG = LoggerFactory.getLogger(InstancesDefinitions.class);

  /// For how long an instance that ran a job is taken to run it again, at the least.
  private static final Duration AT_WORK = Duration.ofHours(1);

  /// The same for a job that has no interval: it may run once a day.
  private static final Duration AT_WORK_DAILY = Duration.ofDays(2);

  /// So many intervals of a job without a run by an instance, and it is taken to be gone.
  private static final int INTERVALS = 3;

  private static final Duration A_MOMENT = Duration.ofMinutes(10);

  private final String owner;
  private final InstantSource clock;
  private final Map<JobId, Fingerprint> ran = new ConcurrentHashMap<>();

  /// @param owner the name of this instance
  InstancesDefinitions(String owner, InstantSource clock) {
    this.owner = owner;
    this.clock = clock;
  }

  /// To be called before the first row. A run over the whole source goes on and makes its
  /// definition the one that counts.
  ///
  /// @throws PermanentFailure of kind `DEFINITION` when another instance runs the job by another
  ///   definition
  void check(RunContext run, SyncJob job, Fingerprint now) {
    boolean sameAsBefore =
        Optional.ofNullable(ran.get(run.job()))
            .filter(before -> before.differencesFrom(now).isEmpty())
            .isPresent();
    if (!sameAsBefore || !(run.scope() instanceof RunRequest.Scope.Ordinary)) {
      return;
    }
    other(run, now, atWork(job))
        .ifPresent(other -> {
          throw new PermanentFailure(
              FailureKind.DEFINITION,
              "job '%s' is run by two instances with different definitions, and each undoes what the other does: this one is %s, the other is %s and ran it last (%s). Nothing was read. Bring their files in line and reload, or make this definition the one that counts with %s"
                  .formatted(
                      run.job(),
                      owner,
                      other.instance(),
                      other.differences(),
                      ShellCommand.of("run", run.job().value(), "--full")));
        });
  }

  /// To be called when the run goes on.
  void begin(RunContext run, Fingerprint now) {
    other(run, now, A_MOMENT)
        .ifPresent(other -> {
          String remark =
              "instance %s ran this job by another definition a moment ago (%s); when both go on, each undoes what the other does: bring their files in line"
                  .formatted(other.instance(), other.differences());
          run.progress().remark(remark);
          LOG.warn("{}", remark);
        });
  }

  /// To be called when the run has ended well and the state names this instance: before that, a run
  /// by another definition may as well be one of before this process was started.
  void ended(RunContext run, Fingerprint now) {
    if (!(run.scope() instanceof RunRequest.Scope.Backfill)) {
      ran.put(run.job(), now);
    }
  }

  private record Other(String instance, String differences) {}

  private Optional<Other> other(RunContext run, Fingerprint now, Duration within) {
    JobProgress known = run.progress().known();
    boolean recent =
        known.lastSync().filter(at -> at.isAfter(clock.instant().minus(within))).isPresent();
    return known
        .origin()
        .filter(_ -> recent)
        .filter(origin -> origin.by().filter(by -> !by.equals(owner)).isPresent())
        .map(origin -> new Other(origin.by().orElseThrow(), differences(now, origin)))
        .filter(other -> !other.differences().isEmpty());
  }

  private static String differences(Fingerprint now, WatermarkOrigin origin) {
    return now.differencesFrom(origin.fingerprint()).stream()
        .map(FingerprintWords::of)
        .collect(Collectors.joining("; "));
  }

  private static Duration atWork(SyncJob job) {
    if (!(job.schedule() instanceof Schedule.Every(Duration interval, _))) {
      return AT_WORK_DAILY;
    }
    Duration some = interval.multipliedBy(INTERVALS);
    return some.compareTo(AT_WORK) > 0 ? some : AT_WORK;
  }
}
