package io.qupersync.sandbox.drill;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// One bad day and its end: what a drill needs to deal its blows, and what is counted meanwhile.
final class DrillRound {

  /// For anything at all to end, on a machine that has other things to do.
  static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final int TRIES = 8;
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

  private final DrillEnvironment drillEnvironment;
  private final Random random;
  private final DrillWork drillWork;
  private final Oracle oracle;
  private final List<String> complaints = new ArrayList<>();
  private final List<ProductProcess> processes = new ArrayList<>();
  private int faults;
  private boolean clockTurned;
  private String remark = "";

  DrillRound(DrillEnvironment drillEnvironment, long seed, String drill) {
    this.drillEnvironment = drillEnvironment;
    this.random = new Random(seed * 31 + drill.hashCode());
    this.drillWork = DrillWork.any(random);
    this.oracle = new Oracle(drillEnvironment);
  }

  DrillEnvironment arena() {
    return drillEnvironment;
  }

  Random random() {
    return random;
  }

  DrillWork work() {
    return drillWork;
  }

  Oracle oracle() {
    return oracle;
  }

  int runs() {
    return processes.size();
  }

  int faults() {
    return faults;
  }

  List<String> complaints() {
    return complaints;
  }

  void prepare() throws SQLException {
    if (drillWork == DrillWork.ALL) {
      // as it stood when the control was made
      drillEnvironment.turnClock(Duration.ofDays(-1));
      clockTurned = true;
    }
    drillWork.prepare(drillEnvironment, random);
  }

  ProductProcess start() throws IOException {
    ProductProcess process = drillEnvironment.start(drillWork.arguments());
    processes.add(process);
    return process;
  }

  /// Starts an instance that serves.
  ///
  /// @param number 1 or 2
  ProductProcess serve(int number) throws IOException {
    ProductProcess process = drillEnvironment.serve(number);
    processes.add(process);
    return process;
  }

  /// A blow was dealt.
  void struck() {
    faults++;
  }

  /// How the harm was done, where that is not obvious.
  void remark(String how) {
    remark = how;
  }

  String remark() {
    return remark;
  }

  void complain(String what) {
    complaints.add(what);
  }

  /// Complains of what the target must never show.
  void look() throws SQLException {
    complaints.addAll(new LeftoverCheck(drillEnvironment).atAnyTime());
  }

  /// Between nothing and so many milliseconds.
  void idle(int atMost) throws InterruptedException {
    Thread.sleep(random.nextInt(atMost + 1));
  }

  /// Runs the jobs until they succeed, then compares and looks for leftovers.
  void finish() throws SQLException, IOException, InterruptedException {
    String said = "";
    int exit = -1;
    for (int i = 0; i < TRIES && exit != 0; i++) {
      ProductProcess process = start();
      exit = process.await(PATIENCE);
      said = process.said();
      if (exit != 0) {
        Thread.sleep(BETWEEN_TRIES);
      }
    }
    if (exit != 0) {
      complain("no run succeeds any more, the last one exits with %d: %s".formatted(exit, said));
    }
    oracle.compare(drillWork);
    complaints.addAll(new LeftoverCheck(drillEnvironment).atTheEnd());
  }

  /// Nothing of a round that broke may reach into the next one.
  void clear() throws SQLException, InterruptedException {
    for (ProductProcess process : processes) {
      process.kill();
    }
    drillEnvironment.source().faults().calm();
    if (clockTurned) {
      drillEnvironment.turnClock(Duration.ofDays(1));
    }
  }
}
