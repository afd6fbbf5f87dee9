package io.qupersync.application.simulation;

import io.qupersync.application.simulation.Oracle.BrokenPromise;
import io.qupersync.application.sync.RunRequest.Scope;
import io.qupersync.application.testkit.InMemoryDatabase.Backup;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.domain.run.RunTally;
import java.time.Duration;
import java.util.Optional;

/// Something happens to the target between two runs, or the job reads another source: whatever the
/// watermark stood for, it does no longer. A run that goes on all the same must have missed
/// nothing; one that stops must be set right by a full run.
final class TargetUpheaval {

  /// What may happen.
  private enum Mishap {
    DROPPED,
    EMPTIED,
    RESTORED,
    ANOTHER_SOURCE
  }

  private final World world;
  private final Instance instance;
  private boolean refused;

  private TargetUpheaval(World world, Instance instance) {
    this.world = world;
    this.instance = instance;
  }

  /// To be called in fair weather, when all is copied.
  static void play(World world, Instance instance) {
    new TargetUpheaval(world, instance).play();
  }

  private void play() {
    Backup backup = world.database().backup(Scenario.TARGET);
    goOn();
    refused = completed(new Scope.Ordinary()).skipped() > 0;
    goOn();
    world.oracle().rowsMayBeMissing();
    befall(world.dice().oneOf(Mishap.values()), backup);
    if (world.scenario().watermark().isPresent() && world.dice().chance(0.3)) {
      completed(world.life().someBackfill());
    }
    RunOutcome outcome = trigger(new Scope.Ordinary());
    switch (outcome) {
      // that nothing is missing, the instance has asked
      case RunOutcome.Completed _ -> {}
      case RunOutcome.Failed(_, FailureKind kind, _, _)
          when kind == FailureKind.DEFINITION && world.scenario().watermark().isPresent() -> {
        trigger(new Scope.Ordinary());
        completed(new Scope.Full());
      }
      case RunOutcome.Failed _, RunOutcome.AlreadyRunning _, RunOutcome.Cancelled _ ->
          throw new BrokenPromise("after a mishap a run ended with " + outcome);
    }
    goOn();
    completed(new Scope.Ordinary());
  }

  private void goOn() {
    for (int i = world.dice().upTo(4); i > 0; i--) {
      world.life().goOn();
    }
    world.passTime(Duration.ofSeconds(world.dice().upTo(200)));
  }

  private void befall(Mishap mishap, Backup backup) {
    world.trace().note(() -> "mishap: " + mishap);
    switch (mishap) {
      case DROPPED -> world.database().drop(Scenario.TARGET);
      case EMPTIED -> world.database().empty(Scenario.TARGET);
      case RESTORED -> restore(backup);
      case ANOTHER_SOURCE -> world.readAnotherSource();
    }
  }

  /// A row that was dated ahead may be the newest at last, and was in the older state already; and
  /// of a newest row that was refused there is nothing to be seen: then nothing tells the older
  /// state from the present one.
  private void restore(Backup backup) {
    if (!world.life().isDatedAhead() && !refused) {
      world.database().restore(Scenario.TARGET, backup);
    }
  }

  private RunTally completed(Scope scope) {
    RunOutcome outcome = trigger(scope);
    if (outcome instanceof RunOutcome.Completed completed) {
      return completed.tally();
    }
    throw new BrokenPromise("%s ended with %s".formatted(scope, outcome));
  }

  private RunOutcome trigger(Scope scope) {
    Optional<RunOutcome> outcome = instance.trigger(scope);
    return outcome.orElseThrow(() -> new BrokenPromise("a process died in fair weather"));
  }
}
