package io.qupersync.sandbox.drill;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// When a blow falls: at a step of the program, where the server holds it, or after so many
/// milliseconds, wherever it may be then.
record FaultMoment(Optional<StatementGate.Place> place, int nth, Duration delay) {

  private static final int LONGEST_DELAY = 4000;
  private static final int LATEST_BATCH = 40;

  /// Any step, any time.
  static FaultMoment any(Random random) {
    return random.nextBoolean() ? after(random) : at(random, List.of(StatementGate.Place.values()));
  }

  static FaultMoment after(Random random) {
    return new FaultMoment(Optional.empty(), 0, Duration.ofMillis(random.nextInt(LONGEST_DELAY)));
  }

  static FaultMoment at(Random random, List<StatementGate.Place> places) {
    StatementGate.Place place = places.get(random.nextInt(places.size()));
    int nth =
        switch (place) {
          case BATCH, COMMIT -> 1 + random.nextInt(LATEST_BATCH);
          default -> 1;
        };
    return new FaultMoment(Optional.of(place), nth, Duration.ZERO);
  }

  /// Where a run holds its lease, and has not done its work yet.
  static FaultMoment underLease(Random random) {
    return at(
        random,
        List.of(
            StatementGate.Place.START,
            StatementGate.Place.BATCH,
            StatementGate.Place.COMMIT,
            StatementGate.Place.WATERMARK));
  }

  /// What happens at the moment.
  interface Blow {
    /// @param gate where a session is held; empty when none is
    void deal(ProductProcess process, Optional<StatementGate> gate) throws Exception;
  }

  /// Starts a run and deals the blow when the moment has come, if it comes before the run ends.
  /// Then the gate is opened, and the run goes on if it can.
  ProductProcess in(DrillRound drillRound, Blow blow) throws Exception {
    if (place.isEmpty()) {
      ProductProcess process = drillRound.start();
      Thread.sleep(delay);
      deal(drillRound, process, blow, Optional.empty());
      return process;
    }
    try (StatementGate statementGate = shut(drillRound)) {
      ProductProcess process = drillRound.start();
      if (statementGate.awaitArrival(process, DrillRound.PATIENCE)) {
        deal(drillRound, process, blow, Optional.of(statementGate));
      }
      return process;
    }
  }

  private StatementGate shut(DrillRound drillRound) throws SQLException {
    return StatementGate.shut(drillRound.arena().target(), place.orElseThrow(), nth);
  }

  private static void deal(
      DrillRound drillRound, ProductProcess process, Blow blow, Optional<StatementGate> gate)
      throws Exception {
    if (process.isAlive()) {
      drillRound.struck();
      blow.deal(process, gate);
    }
  }
}
