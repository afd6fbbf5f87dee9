package io.qupersync.application.testkit;

import io.qupersync.application.schedule.OngoingRuns;
import io.qupersync.application.schedule.OwnRuns;
import io.qupersync.application.schedule.TriggerRun;
import io.qupersync.application.sync.Handover;
import io.qupersync.application.sync.JobDefinitions;
import io.qupersync.application.sync.LeasedRuns;
import io.qupersync.application.sync.ReplayDeadLetters;
import io.qupersync.application.sync.RunObserver;
import io.qupersync.application.sync.RunRequest;
import io.qupersync.application.sync.RunSettings;
import io.qupersync.application.sync.RunSyncJob;
import io.qupersync.application.sync.SyncPorts;
import io.qupersync.application.sync.Timing;
import io.qupersync.domain.job.FlavoredJob;
import io.qupersync.domain.job.JobRegistry;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.domain.run.Trigger;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/// The real application between a warehouse and a database in memory.
public final class SyncWorld {

  public static final Duration LEASE_TTL = Duration.ofMinutes(1);

  private final SettableClock clock = SettableClock.atSomeMorning();
  private final InMemoryWarehouse warehouse = new InMemoryWarehouse(clock);
  private final InMemoryDatabase database = new InMemoryDatabase(clock);
  private final RecordingPause pause = new RecordingPause(clock);
  private final Handover handover;
  private Fate fate = new Fate() {};
  private RunObserver observer = RunObserver.NONE;

  public SyncWorld(Handover handover) {
    this.handover = handover;
  }

  public SettableClock clock() {
    return clock;
  }

  public InMemoryWarehouse warehouse() {
    return warehouse;
  }

  public InMemoryDatabase database() {
    return database;
  }

  public RecordingPause pause() {
    return pause;
  }

  /// From now on, calls to the ports meet this fate.
  public void let(Fate decided) {
    fate = decided;
  }

  /// From now on, runs are watched by this observer.
  public void observe(RunObserver watching) {
    observer = watching;
  }

  public void letAllBeWell() {
    fate = new Fate() {};
  }

  public RunOutcome run(SyncJob job) {
    return run(job, new RunRequest.Scope.Ordinary());
  }

  public RunOutcome run(SyncJob job, RunRequest.Scope scope) {
    return run(job, new RunRequest(job.id(), Trigger.CLI, scope));
  }

  public RunOutcome run(SyncJob job, RunRequest request) {
    SyncPorts ports = FatefulPorts.over(ports(), fate);
    return new RunSyncJob(only(job), ports, runs(ports), timing(), handover).run(request);
  }

  /// A process of its own, which runs the jobs that are defined there at the time.
  public RunSyncJob instance(String owner, JobDefinitions definitions) {
    var leased = new LeasedRuns(ports(), new RunSettings(owner, LEASE_TTL), timing(), observer);
    return new RunSyncJob(definitions, ports(), leased, timing(), handover);
  }

  /// Tries the job's dead letters again.
  public RunOutcome replay(SyncJob job) {
    SyncPorts ports = FatefulPorts.over(ports(), fate);
    return new ReplayDeadLetters(
            only(job),
            ports,
            runs(ports),
            database.deadLetters(),
            database.reader(),
            warehouse.lookup())
        .replay(RunRequest.ordinary(job.id(), Trigger.CLI));
  }

  /// Runs of the job on demand.
  public TriggerRun trigger(SyncJob job, RunObserver observer, OngoingRuns ongoing) {
    SyncPorts ports = FatefulPorts.over(ports(), fate);
    var leased = new LeasedRuns(ports, new RunSettings("test", LEASE_TTL), timing(), observer);
    return new TriggerRun(
        new RunSyncJob(only(job), ports, leased, timing(), handover),
        new ReplayDeadLetters(
            only(job),
            ports,
            leased,
            database.deadLetters(),
            database.reader(),
            warehouse.lookup()),
        ongoing);
  }

  /// The job's scheduled runs.
  public OwnRuns ownRuns(SyncJob job, OngoingRuns ongoing) {
    SyncPorts ports = FatefulPorts.over(ports(), fate);
    return new OwnRuns(new RunSyncJob(only(job), ports, runs(ports), timing(), handover), ongoing);
  }

  private static JobDefinitions only(SyncJob job) {
    return new JobDefinitions(new JobRegistry(List.of(FlavoredJob.same(job))));
  }

  private LeasedRuns runs(SyncPorts ports) {
    return new LeasedRuns(ports, new RunSettings("test", LEASE_TTL), timing(), observer);
  }

  private Timing timing() {
    return new Timing(clock, pause, new Random(1));
  }

  public SyncPorts ports() {
    return new SyncPorts(
        warehouse.source(),
        database.target(),
        database.progress(),
        database.leases(),
        database.runs());
  }
}
