package io.qupersync.sandbox.drill;

import java.util.concurrent.TimeUnit;

/// The target's disk is full for a while: a file system of a few megabytes where the process may
/// mount one, a trigger that says so where it may not, and there now and then, too.
final class DiskFull implements Drill {

  private static final int LONGEST_SHORTAGE = 6000;
  private static final int REAL_ONES_PER_FEIGNED = 3;

  @Override
  public String name() {
    return "disk-full";
  }

  @Override
  public int usualRounds() {
    return 10;
  }

  @Override
  public void strike(DrillRound drillRound) throws Exception {
    drillRound.work().beginAnew(drillRound.arena());
    try (DiskShortage diskShortage = shortage(drillRound)) {
      ProductProcess process = drillRound.start();
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (process.isAlive() && !diskShortage.isFelt() && System.nanoTime() < deadline) {
        Thread.sleep(20);
      }
      if (diskShortage.isFelt()) {
        drillRound.struck();
      }
      drillRound.idle(LONGEST_SHORTAGE);
      diskShortage.end();
      process.await(DrillRound.PATIENCE);
      drillRound.look();
      drillRound.finish();
    }
  }

  private static DiskShortage shortage(DrillRound drillRound) throws Exception {
    boolean feigned = drillRound.random().nextInt(REAL_ONES_PER_FEIGNED + 1) == 0;
    if (!feigned && SmallDisk.isPossible(drillRound.arena())) {
      drillRound.remark("a full tmpfs");
      return SmallDisk.under(drillRound);
    }
    // tables must be there to be refused at
    drillRound.finish();
    drillRound.remark("53100 raised by a trigger");
    DiskShortage diskShortage = TriggeredShortage.at(drillRound.arena());
    DrillWork.change(drillRound.arena(), drillRound.random());
    return diskShortage;
  }
}
