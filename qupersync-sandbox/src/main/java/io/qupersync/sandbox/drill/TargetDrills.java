package io.qupersync.sandbox.drill;

import io.qupersync.sandbox.server.EmbeddedServer;
import java.util.List;

/// What may happen to the target, and to both databases at once.
final class TargetDrills {

  private static final int ROUNDS = 10;
  private static final int LONGEST_ABSENCE = 5000;
  private static final List<Gate.Place> LOSABLE_ANSWERS =
      List.of(
          Gate.Place.COMMIT,
          Gate.Place.COMMIT,
          Gate.Place.START,
          Gate.Place.LEASE,
          Gate.Place.WATERMARK,
          Gate.Place.END,
          Gate.Place.RELEASE);

  private TargetDrills() {}

  static List<Drill> all() {
    return List.of(
        new AtTarget("target-crash", TargetDrills::crash),
        new AtTarget("target-terminate", TargetDrills::terminate),
        new AtTarget("lost-answer", TargetDrills::loseAnswer),
        new AtTarget("both-gone", TargetDrills::bothGone),
        new DiskFull(),
        new BusySource());
  }

  private interface Harm {
    ProductProcess done(Round round) throws Exception;
  }

  private record AtTarget(String name, Harm harm) implements Drill {

    @Override
    public int usualRounds() {
      return ROUNDS;
    }

    @Override
    public void strike(Round round) throws Exception {
      harm.done(round).await(Round.PATIENCE);
      round.look();
    }
  }

  /// Every process of the server dies as in a power cut, and it comes back some seconds later.
  private static ProductProcess crash(Round round) throws Exception {
    EmbeddedServer target = round.arena().target();
    return Moment.any(round.random())
        .in(
            round,
            (process, gate) -> {
              target.crash();
              round.idle(LONGEST_ABSENCE);
              target.restart();
            });
  }

  /// An administrator ends all sessions of the program.
  private static ProductProcess terminate(Round round) throws Exception {
    return Moment.any(round.random())
        .in(
            round,
            (process, gate) ->
                round
                    .arena()
                    .atTarget(
                        "select pg_terminate_backend(pid) from pg_stat_activity where usename = '%s'"
                            .formatted(Arena.WRITER)));
  }

  /// The network goes while the server works: what was asked for is done, the answer never arrives.
  private static ProductProcess loseAnswer(Round round) throws Exception {
    return Moment.at(round.random(), LOSABLE_ANSWERS)
        .in(round, (process, gate) -> round.arena().cable().cut());
  }

  private static ProductProcess bothGone(Round round) throws Exception {
    EmbeddedServer target = round.arena().target();
    EmbeddedServer source = round.arena().source().server();
    return Moment.any(round.random())
        .in(
            round,
            (process, gate) -> {
              source.crash();
              target.crash();
              round.struck();
              round.idle(LONGEST_ABSENCE);
              target.restart();
              round.idle(1000);
              source.restart();
            });
  }
}
