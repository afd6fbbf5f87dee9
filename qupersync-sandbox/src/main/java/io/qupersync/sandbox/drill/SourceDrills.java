package io.qupersync.sandbox.drill;

import io.qupersync.sandbox.relay.ConnectionTeardown;
import io.qupersync.sandbox.relay.Fault;
import io.qupersync.sandbox.relay.Faults;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/// What may happen between the program and the source.
final class SourceDrills {

  private static final String EXTRACTION = "public.*(orders|stock)|s[tv][lv]_";
  private static final int ROUNDS = 10;

  private SourceDrills() {}

  static List<Drill> all() {
    return List.of(
        new AtSource("source-cut", SourceDrills::cut),
        new AtSource("source-stalled", SourceDrills::stalled),
        new AtSource("source-refused", SourceDrills::refused),
        new AtSource("source-slow", SourceDrills::slow),
        new AtSource("source-error", SourceDrills::error));
  }

  private interface Harm {
    void to(Faults faults, DrillRound drillRound) throws Exception;
  }

  /// Harm is done while a run goes on, which may get over it by itself or not.
  private record AtSource(String name, Harm harm) implements Drill {

    @Override
    public int usualRounds() {
      return ROUNDS;
    }

    @Override
    public void strike(DrillRound drillRound) throws Exception {
      Faults faults = drillRound.arena().source().faults();
      int before = faults.struck();
      harm.to(faults, drillRound);
      for (int i = before; i < faults.struck(); i++) {
        drillRound.struck();
      }
      faults.calm();
      drillRound.look();
    }
  }

  /// In the middle of a row or between two, with a goodbye or without.
  private static void cut(Faults faults, DrillRound drillRound) throws Exception {
    Random random = drillRound.random();
    for (int i = 0; i < 1 + random.nextInt(3); i++) {
      Fault cut = Fault.cut(random.nextBoolean() ? ConnectionTeardown.FIN : ConnectionTeardown.RST);
      Fault timed =
          random.nextBoolean()
              ? cut.afterRows(1 + random.nextInt(4000))
              : cut.afterBytes(1 + random.nextInt(400_000));
      faults.arm(timed.whileRunning(EXTRACTION));
    }
    drillRound.start().await(DrillRound.PATIENCE);
  }

  private static void stalled(Faults faults, DrillRound drillRound) throws Exception {
    Random random = drillRound.random();
    faults.arm(Fault.stall().afterRows(1 + random.nextInt(4000)).whileRunning(EXTRACTION));
    int before = faults.struck();
    ProductProcess process = drillRound.start();
    while (process.isAlive() && faults.struck() == before) {
      Thread.sleep(10);
    }
    drillRound.idle(6000);
    faults.resume();
    process.await(DrillRound.PATIENCE);
  }

  private static void refused(Faults faults, DrillRound drillRound) throws Exception {
    Random random = drillRound.random();
    boolean atLogin = random.nextBoolean();
    if (atLogin) {
      faults.refuseLogins("57P03", "the database system is starting up");
    } else {
      faults.refuseConnections();
    }
    drillRound.struck();
    ProductProcess process = drillRound.start();
    Thread.sleep(1000);
    drillRound.idle(5000);
    faults.calm();
    process.await(DrillRound.PATIENCE);
  }

  private static void slow(Faults faults, DrillRound drillRound) throws Exception {
    Random random = drillRound.random();
    faults.delayRoundTrips(Duration.ofMillis(random.nextInt(100)));
    faults.limitBandwidth(200_000 + random.nextInt(1_000_000));
    faults.capFetch(50 + random.nextInt(500));
    drillRound.struck();
    int exit = drillRound.start().await(DrillRound.PATIENCE);
    if (exit != 0) {
      drillRound.complain("a slow source is no reason to fail, yet it exits with " + exit);
    }
  }

  private static void error(Faults faults, DrillRound drillRound) throws Exception {
    Random random = drillRound.random();
    Fault fault =
        switch (random.nextInt(4)) {
          case 0 -> Fault.lostPortal();
          case 1 -> Fault.error("57P01", "terminating connection due to administrator command");
          case 2 -> Fault.error("40001", "1023 Serializable isolation violation");
          default -> Fault.error("53200", "out of memory").afterRows(1 + random.nextInt(4000));
        };
    faults.arm(fault.whileRunning(EXTRACTION).times(1 + random.nextInt(2)));
    drillRound.start().await(DrillRound.PATIENCE);
  }
}
