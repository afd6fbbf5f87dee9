package io.qupersync.application.schedule;

import io.qupersync.application.port.RunLog;
import io.qupersync.application.port.ScheduleStore;
import io.qupersync.application.sync.JobDefinitions;
import io.qupersync.application.sync.RunMetrics;
import io.qupersync.application.sync.RunObserver;
import io.qupersync.application.sync.RunRequest;
import io.qupersync.application.testkit.CountingMetrics;
import io.qupersync.application.testkit.DailyTimetable;
import io.qupersync.application.testkit.InMemoryDatabase;
import io.qupersync.application.testkit.JobFixture;
import io.qupersync.application.testkit.SettableClock;
import io.qupersync.domain.job.JobId;
import io.qupersync.domain.job.JobRegistry;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.domain.job.Schedule;
import io.qupersync.domain.run.RunStatus;
import io.qupersync.domain.run.SyncRun;
import io.qupersync.domain.run.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Schedulers over one store, whose time a test moves second by second. It begins at 08:00:00Z on a
/// Monday morning.
final class ScheduledWorld {

  static final Duration SECOND = Duration.ofSeconds(1);
  static final Duration GRACE = Duration.ofSeconds(60);
  private static final int LOOKS_BETWEEN_RENEWALS = 10;

  private final SettableClock clock = SettableClock.atSomeMorning();
  private final InMemoryDatabase database = new InMemoryDatabase(clock);
  private final List<JobVariants> defined = new ArrayList<>();
  private final JobDefinitions jobs = new JobDefinitions(new JobRegistry(List.of()));
  private final List<Instance> instances = new ArrayList<>();
  private SchedulerSettings settings = new SchedulerSettings(GRACE, 8, 100);
  private final CountingMetrics metrics = new CountingMetrics();
  private final RunObserver metered = new RunMetrics(metrics, clock);
  private long looks;

  /// One process.
  final class Instance {

    private final SimulatedRuns runs = new SimulatedRuns(database, clock);
    private final Scheduler scheduler;
    private boolean roomAgain;

    Instance(String name, ScheduleStore store) {
      this.scheduler =
          new Scheduler(
              jobs,
              new SchedulerPorts(store, database.runs(), new DailyTimetable(), metered, name),
              settings,
              SimulatedRuns.LEASE,
              runs);
      scheduler.wakeBy(() -> roomAgain = true);
    }

    SimulatedRuns runs() {
      return runs;
    }

    Scheduler scheduler() {
      return scheduler;
    }

    /// As SIGKILL does.
    void kill() {
      instances.remove(this);
    }

    private void work() {
      runs.pass();
      scheduler.look();
      while (roomAgain) {
        roomAgain = false;
        scheduler.look();
      }
      if (looks % LOOKS_BETWEEN_RENEWALS == 0) {
        scheduler.keepClaims();
      }
    }
  }

  SettableClock clock() {
    return clock;
  }

  /// Of all instances.
  CountingMetrics metrics() {
    return metrics;
  }

  InMemoryDatabase database() {
    return database;
  }

  JobDefinitions jobs() {
    return jobs;
  }

  JobControl control() {
    return new JobControl(jobs, database.schedules(), new DailyTimetable());
  }

  void limit(int runsAtATime) {
    settings = new SchedulerSettings(GRACE, runsAtATime, 100);
  }

  void limit(int runsAtATime, int sourceConnections) {
    settings = new SchedulerSettings(GRACE, runsAtATime, sourceConnections);
  }

  JobId flavoredJob(String name, Schedule provisioned, Schedule serverless) {
    var job =
        new JobVariants(
            JobFixture.aJob().named(name).on(provisioned).build(),
            JobFixture.aJob().named(name).on(serverless).build());
    defined.removeIf(known -> known.id().equals(job.id()));
    defined.add(job);
    jobs.replace(new JobRegistry(defined));
    return job.id();
  }

  JobId job(String name, Schedule schedule, String... after) {
    var job = JobFixture.aJob().named(name).on(schedule).build();
    List<JobId> first = List.of(after).stream().map(JobId::new).toList();
    defined.removeIf(known -> known.id().equals(job.id()));
    defined.add(new JobVariants(job, job, Optional.empty(), first, Optional.empty()));
    jobs.replace(new JobRegistry(defined));
    return job.id();
  }

  JobId jobWithFullRuns(String name, Schedule schedule, Schedule full) {
    var job = JobFixture.aJob().named(name).on(schedule).build();
    defined.removeIf(known -> known.id().equals(job.id()));
    defined.add(
        new JobVariants(
            job, job, Optional.empty(), List.of(), Optional.empty(), Optional.of(full)));
    jobs.replace(new JobRegistry(defined));
    return job.id();
  }

  Instance start(String name) {
    return start(name, database.schedules());
  }

  Instance start(String name, ScheduleStore store) {
    var instance = new Instance(name, store);
    instances.add(instance);
    return instance;
  }

  /// Lets the instances work for so long, a look a second, the first at once.
  void pass(Duration duration) {
    passInStrides(duration, SECOND);
  }

  /// The same with so much time between two looks.
  void passInStrides(Duration duration, Duration stride) {
    Instant end = clock.instant().plus(duration);
    while (true) {
      looks++;
      List.copyOf(instances).forEach(Instance::work);
      if (!clock.instant().isBefore(end)) {
        return;
      }
      clock.tick(stride);
    }
  }

  /// Time in which nobody is there.
  void beAway(Duration duration) {
    clock.tick(duration);
  }

  /// As someone who asks for a run.
  void trigger(Instance where, JobId job) {
    var _ = where.runs().start(RunRequest.ordinary(job, Trigger.API));
  }

  /// What the run log has of the job, the first first.
  List<SyncRun> log(JobId job) {
    return database
        .runs()
        .list(new RunLog.Filter(Optional.of(job), Optional.empty(), Optional.empty(), 1000))
        .reversed();
  }

  List<String> misfires(JobId job) {
    return log(job).stream()
        .filter(run -> run.status() == RunStatus.MISFIRED)
        .map(run -> run.remark().orElseThrow())
        .toList();
  }
}
