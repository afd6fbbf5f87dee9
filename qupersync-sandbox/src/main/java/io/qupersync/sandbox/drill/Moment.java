package io.qupersync.sandbox.drill;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// When a blow falls: at a step of the program, where the server holds it, or after so many
/// milliseconds, wherever it may be then.
record Moment(Optional<Gate.Place> place, int nth, Duration delay) {

  private static final int LONGEST_DELAY = 4000;
  private static final int LATEST_BATCH = 40;

  /// Any step, any time.
  static Moment any(Random random) {
    return random.nextBoolean() ? after(random) : at(random, List.of(Gate.Place.values()));
  }

  static Moment after(Random random) {
    return new Moment(Optional.empty(), 0, Duration.ofMillis(random.nextInt(LONGEST_DELAY)));
  }

  static Moment at(Random random, List<Gate.Place> places) {
    Gate.Place place = places.get(random.nextInt(places.size()));
    int nth =
        switch (place) {
          case BATCH, COMMIT -> 1 + random.nextInt(LATEST_BATCH);
          default -> 1;
        };
    return new Moment(Optional.of(place), nth, Duration.ZERO);
  }

  /// Where a run holds its lease, and has not done its work yet.
  static Moment underLease(Random random) {
    return at(
        random,
        List.of(Gate.Place.START, Gate.Place.BATCH, Gate.Place.COMMIT, Gate.Place.WATERMARK));
  }

  /// What happens at the moment.
  interface Blow {
    /// @param gate where a session is held; empty when none is
    void deal(ProductProcess process, Optional<Gate> gate) throws Exception;
  }

  /// Starts a run and deals the blow when the moment has come, if it comes before the run ends.
  /// Then the gate is opened, and the run goes on if it can.
  ProductProcess in(Round round, Blow blow) throws Exception {
    if (place.isEmpty()) {
      ProductProcess process = round.start();
      Thread.sleep(delay);
      deal(round, process, blow, Optional.empty());
      return process;
    }
    try (Gate gate = shut(round)) {
      ProductProcess process = round.start();
      if (gate.awaitArrival(process, Round.PATIENCE)) {
        deal(round, process, blow, Optional.of(gate));
      }
      return process;
    }
  }

  private Gate shut(Round round) throws SQLException {
    return Gate.shut(round.arena().target(), place.orElseThrow(), nth);
  }

  private static void deal(Round round, ProductProcess process, Blow blow, Optional<Gate> gate)
      throws Exception {
    if (process.isAlive()) {
      round.struck();
      blow.deal(process, gate);
    }
  }
}
