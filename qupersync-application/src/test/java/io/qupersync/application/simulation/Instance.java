package io.qupersync.application.simulation;

import io.qupersync.application.sync.JobDefinitions;
import io.qupersync.application.sync.LeasedRuns;
import io.qupersync.application.sync.ReplayDeadLetters;
import io.qupersync.application.sync.RunObserver;
import io.qupersync.application.sync.RunRequest;
import io.qupersync.application.sync.RunRequest.Deletes;
import io.qupersync.application.sync.RunRequest.Scope;
import io.qupersync.application.sync.RunSettings;
import io.qupersync.application.sync.RunSyncJob;
import io.qupersync.application.sync.SyncPorts;
import io.qupersync.application.sync.TimeSources;
import io.qupersync.application.testkit.FaultyPorts;
import io.qupersync.domain.job.JobRegistry;
import io.qupersync.domain.job.JobVariants;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.domain.run.Trigger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// One instance of the service: a process that is started again when it died.
final class Instance {

  private final String name;
  private final World world;
  private final PlantedBug bug;
  private RunSyncJob runSyncJob;
  private ReplayDeadLetters replayDeadLetters;

  Instance(String name, World world, PlantedBug bug) {
    this.name = name;
    this.world = world;
    this.bug = bug;
    start();
  }

  private void start() {
    var runs = new LeasedRuns[1];
    var faultStorm = new FaultStorm(name, world, () -> runs[0].cancelAll());
    SyncPorts ports =
        bug.plantedIn(
            FaultyPorts.over(world.ports(), faultStorm), new RowWatermarks(world.scenario()));
    var timeSources = new TimeSources(world.targetClock(), world.pause(), world.dice().random());
    runs[0] =
        new LeasedRuns(
            ports, new RunSettings(name, World.LEASE_TTL), timeSources, RunObserver.NONE);
    runSyncJob =
        new RunSyncJob(
            only(world.scenario().job()), ports, runs[0], timeSources, new ReadAhead(world.dice()));
    replayDeadLetters =
        new ReplayDeadLetters(
            only(world.scenario().lenient()),
            ports,
            runs[0],
            world.database().deadLetters(),
            world.database().reader(),
            FaultyPorts.over(world.lookup(), faultStorm));
  }

  private static JobDefinitions only(SyncJob job) {
    return new JobDefinitions(new JobRegistry(List.of(JobVariants.same(job))));
  }

  /// Triggers the job so many times, with pauses between.
  void work(int triggers) {
    for (int i = 0; i < triggers; i++) {
      world.passTime(Duration.ofMillis(world.dice().upTo(20_000)));
      world.stage().change();
      switch (world.dice().upTo(19)) {
        case 0 -> world.moveWatermark();
        case 1, 2 -> replay();
        default -> trigger(scope());
      }
    }
  }

  private void replay() {
    var request = RunRequest.ordinary(world.scenario().job().id(), Trigger.API);
    survive(() -> replayDeadLetters.replay(request));
  }

  /// @return nothing when the process died
  Optional<RunOutcome> trigger(Scope scope) {
    long before = world.life().changes();
    var request =
        new RunRequest(world.scenario().job().id(), Trigger.SCHEDULE, scope, Deletes.ALLOWED);
    Optional<RunOutcome> outcome = survive(() -> runSyncJob.run(request));
    outcome
        .filter(RunOutcome.Completed.class::isInstance)
        .ifPresent(_ -> world.oracle().everythingIsCopied(scope, before));
    return outcome;
  }

  private Optional<RunOutcome> survive(Supplier<RunOutcome> run) {
    try {
      RunOutcome outcome = run.get();
      world.oracle().requireKept();
      world.trace().note(() -> "%s: %s".formatted(name, outcome));
      return Optional.of(outcome);
    } catch (FaultStorm.Crash _) {
      // a new process knows nothing of the old one, not even that it was interrupted
      Thread.interrupted();
      world.oracle().requireKept();
      start();
      return Optional.empty();
    }
  }

  private Scope scope() {
    boolean backfills = world.scenario().watermark().isPresent();
    return switch (world.dice().upTo(9)) {
      case 0 -> new Scope.Full();
      case 1 -> backfills ? world.life().someBackfill() : new Scope.Full();
      default -> new Scope.Ordinary();
    };
  }
}
