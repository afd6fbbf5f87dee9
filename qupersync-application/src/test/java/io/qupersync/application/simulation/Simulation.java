package io.qupersync.application.simulation;

import io.qupersync.application.simulation.Oracle.BrokenPromise;
import io.qupersync.application.sync.RunRequest.Scope;
import io.qupersync.domain.run.RunOutcome;
import io.qupersync.domain.run.RunTally;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// One story from a seed: two instances work in bad weather while the source changes; then the sky
/// clears, and one run must set everything right.
final class Simulation {

  private final World world;
  private final PlantedBug bug;
  private final Trace trace;

  private Simulation(long seed, PlantedBug bug, boolean traced) {
    this.bug = bug;
    this.trace = new Trace(traced);
    this.world = new World(new RandomChoices(seed), trace, bug);
  }

  /// @throws BrokenPromise when a promise was broken
  static void play(long seed, PlantedBug bug) {
    new Simulation(seed, bug, false).play();
  }

  /// All that happens, and last how it ended.
  static List<String> tell(long seed, PlantedBug bug) {
    var simulation = new Simulation(seed, bug, true);
    try {
      simulation.play();
      simulation.trace.note(() -> "all promises were kept");
    } catch (Throwable broken) {
      simulation.trace.note(broken::toString);
    }
    return simulation.trace.lines();
  }

  private void play() {
    for (int i = world.dice().upTo(12); i > 0; i--) {
      world.life().goOn();
    }
    var one = new Instance("one", world, bug);
    var two = new Instance("two", world, bug);
    world
        .stage()
        .play(
            List.of(
                () -> one.work(world.dice().between(1, 4)),
                () -> two.work(world.dice().between(0, 3))));
    world.calmDown();
    world.passTime(World.LEASE_TTL.plus(Duration.ofMinutes(1)));
    world.life().endAll();
    setRight(one);
  }

  private void setRight(Instance instance) {
    completed(instance);
    RunTally again = completed(instance);
    if (again.upserted() + again.deleted() > 0) {
      throw new BrokenPromise("a run over the same rows wrote some: " + again);
    }
    world.oracle().theLogIsTrue();
    TargetUpheaval.play(world, instance);
  }

  /// Whether all is copied, the instance itself asks.
  private static RunTally completed(Instance instance) {
    Optional<RunOutcome> outcome = instance.trigger(new Scope.Ordinary());
    if (outcome.isPresent() && outcome.get() instanceof RunOutcome.Completed completed) {
      return completed.tally();
    }
    throw new BrokenPromise("in fair weather a run ended with " + outcome);
  }
}
