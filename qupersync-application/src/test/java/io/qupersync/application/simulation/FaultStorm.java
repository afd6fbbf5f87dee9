package io.qupersync.application.simulation;

import io.qupersync.application.port.PermanentFailure;
import io.qupersync.application.port.SyncFailure;
import io.qupersync.application.port.TransientFailure;
import io.qupersync.application.testkit.FaultPlan;
import io.qupersync.domain.run.FailureKind;
import java.time.Duration;

/// What may befall one process at each of its calls.
final class FaultStorm implements FaultPlan {

  /// The process is dead. An Error, so that nothing of it goes on.
  static final class Crash extends Error {

    private static final long serialVersionUID = 1L;

    Crash() {
      super("the process died", null, false, false);
    }
  }

  private final String process;
  private final World world;
  private final RandomChoices randomChoices;
  private final Runnable cancel;
  private boolean dead;

  /// @param cancel cancels whatever the process is running
  FaultStorm(String process, World world, Runnable cancel) {
    this.process = process;
    this.world = world;
    this.randomChoices = world.dice();
    this.cancel = cancel;
  }

  @Override
  public void before(Call call) {
    requireAlive();
    FaultRates faultRates = world.weather();
    world.passTime(Duration.ofMillis(randomChoices.upTo(400)));
    if (randomChoices.chance(faultRates.changes())) {
      world.life().goOn();
    }
    if (randomChoices.chance(faultRates.stalls())) {
      note(call, "stalls");
      world.passTime(World.LEASE_TTL.plusSeconds(randomChoices.upTo(60)));
      world.stage().change();
    }
    if (randomChoices.chance(faultRates.turns())) {
      world.stage().change();
    }
    if (randomChoices.chance(faultRates.cancels())) {
      note(call, "is cancelled");
      cancel.run();
    }
    meet(call, faultRates, "before");
    note(call, "");
  }

  @Override
  public void after(Call call) {
    FaultRates faultRates = world.weather();
    if (randomChoices.chance(faultRates.turns())) {
      world.stage().change();
    }
    meet(call, faultRates, "after");
  }

  private void meet(Call call, FaultRates faultRates, String when) {
    if (randomChoices.chance(faultRates.crashes())) {
      note(call, "dies " + when);
      dead = true;
      throw new Crash();
    }
    if (kindOf(call) == FailureKind.TARGET && randomChoices.chance(faultRates.hardEnds())) {
      note(call, "meets the end of the server " + when);
      world.endTargetHard();
      throw new TransientFailure(FailureKind.TARGET, "the server has ended");
    }
    if (randomChoices.chance(faultRates.faults())) {
      SyncFailure failure = failure(call);
      note(call, "fails %s: %s".formatted(when, failure.getClass().getSimpleName()));
      throw failure;
    }
  }

  private void requireAlive() {
    if (dead) {
      throw new Crash();
    }
  }

  private SyncFailure failure(Call call) {
    FailureKind kind = kindOf(call);
    return randomChoices.chance(0.1)
        ? new PermanentFailure(kind, "refused for good")
        : new TransientFailure(kind, "lost for a moment");
  }

  private static FailureKind kindOf(Call call) {
    return switch (call) {
      case SOURCE_NOW, SOURCE_SHAPE, OPEN, NEXT, LOOKUP -> FailureKind.SOURCE;
      default -> FailureKind.TARGET;
    };
  }

  private void note(Call call, String what) {
    world.trace().note(() -> "%s %s: %s %s".formatted(world.shownTime(), process, call, what));
  }
}
