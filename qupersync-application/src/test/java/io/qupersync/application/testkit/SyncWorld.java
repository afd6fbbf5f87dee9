package io.qupersync.application.testkit;

import io.qupersync.application.schedule.LocalRuns;
import io.qupersync.application.schedule.RunExecutor;
import io.qupersync.application.schedule.TriggerRun;
import io.qupersync.application.sync.BatchPipeline;
import io.qupersync.application.sync.JobDefinitions;
import io.qupersync.application.sync.LeasedRuns;
import io.qupersync.application.sync.ReplayDeadLetters;
import io.qupersync.application.sync.RunObserver;
import io.qupersync.application.sync.RunRequest;
import io.qupersync.application.sync.RunSettings;
import io.qupersync.application.sync.RunSyncJob;
import io.qupersync.application.sync.SyncPorts;
import io.qupersync.application.sync.TimeSources;
import io.qupersync.domain.job.JobRegistry;
import io.qupersync.domain.job.JobVariants;
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
  private final BatchPipeline batchPipeline;
  private FaultPlan faultPlan = new FaultPlan() {};
  private RunObserver observer = RunObserver.NONE;

  public SyncWorld(BatchPipeline batchPipeline) {
    this.batchPipeline = batchPipeline;
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
  public void let(FaultPlan decided) {
    faultPlan = decided;
  }

  /// From now on, runs are watched by this observer.
  public void observe(RunObserver watching) {
    observer = watching;
  }

  public void letAllBeWell() {
    faultPlan = new FaultPlan() {};
  }

  public RunOutcome run(SyncJob job) {
    return run(job, new RunRequest.Scope.Ordinary());
  }

  public RunOutcome run(SyncJob job, RunRequest.Scope scope) {
    return run(job, new RunRequest(job.id(), Trigger.CLI, scope));
  }

  public RunOutcome run(SyncJob job, RunRequest request) {
    SyncPorts ports = FaultyPorts.over(ports(), faultPlan);
    return new RunSyncJob(only(job), ports, runs(ports), timing(), batchPipeline).run(request);
  }

  /// A process of its own, which runs the jobs that are defined there at the time.
  public RunSyncJob instance(String owner, JobDefinitions definitions) {
    var leased = new LeasedRuns(ports(), new RunSettings(owner, LEASE_TTL), timing(), observer);
    return new RunSyncJob(definitions, ports(), leased, timing(), batchPipeline);
  }

  /// Tries the job's dead letters again.
  public RunOutcome replay(SyncJob job) {
    SyncPorts ports = FaultyPorts.over(ports(), faultPlan);
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
  public TriggerRun trigger(SyncJob job, RunObserver observer, RunExecutor ongoing) {
    SyncPorts ports = FaultyPorts.over(ports(), faultPlan);
    var leased = new LeasedRuns(ports, new RunSettings("test", LEASE_TTL), timing(), observer);
    return new TriggerRun(
        new RunSyncJob(only(job), ports, leased, timing(), batchPipeline),
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
  public LocalRuns ownRuns(SyncJob job, RunExecutor ongoing) {
    SyncPorts ports = FaultyPorts.over(ports(), faultPlan);
    return new LocalRuns(
        new RunSyncJob(only(job), ports, runs(ports), timing(), batchPipeline), ongoing);
  }

  private static JobDefinitions only(SyncJob job) {
    return new JobDefinitions(new JobRegistry(List.of(JobVariants.same(job))));
  }

  private LeasedRuns runs(SyncPorts ports) {
    return new LeasedRuns(ports, new RunSettings("test", LEASE_TTL), timing(), observer);
  }

  private TimeSources timing() {
    return new TimeSources(clock, pause, new Random(1));
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
