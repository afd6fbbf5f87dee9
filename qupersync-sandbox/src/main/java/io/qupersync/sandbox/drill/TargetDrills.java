package io.qupersync.sandbox.drill;

import io.qupersync.sandbox.server.EmbeddedServer;
import java.util.List;

/// What may happen to the target, and to both databases at once.
final class TargetDrills {

  private static final int ROUNDS = 10;
  private static final int LONGEST_ABSENCE = 5000;
  private static final List<StatementGate.Place> LOSABLE_ANSWERS =
      List.of(
          StatementGate.Place.COMMIT,
          StatementGate.Place.COMMIT,
          StatementGate.Place.START,
          StatementGate.Place.LEASE,
          StatementGate.Place.WATERMARK,
          StatementGate.Place.END,
          StatementGate.Place.RELEASE);

  private TargetDrills() {}

  static List<Drill> all() {
    return List.of(
        new AtTarget("target-crash", TargetDrills::crash),
        new AtTarget("target-terminate", TargetDrills::terminate),
        new AtTarget("lost-answer", TargetDrills::loseAnswer),
        new AtTarget("both-gone", TargetDrills::bothGone),
        new DiskFull(),
        new ChangingSource());
  }

  private interface Harm {
    ProductProcess done(DrillRound drillRound) throws Exception;
  }

  private record AtTarget(String name, Harm harm) implements Drill {

    @Override
    public int usualRounds() {
      return ROUNDS;
    }

    @Override
    public void strike(DrillRound drillRound) throws Exception {
      harm.done(drillRound).await(DrillRound.PATIENCE);
      drillRound.look();
    }
  }

  /// Every process of the server dies as in a power cut, and it comes back some seconds later.
  private static ProductProcess crash(DrillRound drillRound) throws Exception {
    EmbeddedServer target = drillRound.arena().target();
    return FaultMoment.any(drillRound.random())
        .in(
            drillRound,
            (process, gate) -> {
              target.crash();
              drillRound.idle(LONGEST_ABSENCE);
              target.restart();
            });
  }

  /// An administrator ends all sessions of the program.
  private static ProductProcess terminate(DrillRound drillRound) throws Exception {
    return FaultMoment.any(drillRound.random())
        .in(
            drillRound,
            (process, gate) ->
                drillRound
                    .arena()
                    .atTarget(
                        "select pg_terminate_backend(pid) from pg_stat_activity where usename = '%s'"
                            .formatted(DrillEnvironment.WRITER)));
  }

  /// The network goes while the server works: what was asked for is done, the answer never arrives.
  private static ProductProcess loseAnswer(DrillRound drillRound) throws Exception {
    return FaultMoment.at(drillRound.random(), LOSABLE_ANSWERS)
        .in(drillRound, (process, gate) -> drillRound.arena().cable().cut());
  }

  private static ProductProcess bothGone(DrillRound drillRound) throws Exception {
    EmbeddedServer target = drillRound.arena().target();
    EmbeddedServer source = drillRound.arena().source().server();
    return FaultMoment.any(drillRound.random())
        .in(
            drillRound,
            (process, gate) -> {
              source.crash();
              target.crash();
              drillRound.struck();
              drillRound.idle(LONGEST_ABSENCE);
              target.restart();
              drillRound.idle(1000);
              source.restart();
            });
  }
}
