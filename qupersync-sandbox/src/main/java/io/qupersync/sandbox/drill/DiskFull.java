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
  public void strike(Round round) throws Exception {
    round.work().beginAnew(round.arena());
    try (Shortage shortage = shortage(round)) {
      ProductProcess process = round.start();
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (process.isAlive() && !shortage.isFelt() && System.nanoTime() < deadline) {
        Thread.sleep(20);
      }
      if (shortage.isFelt()) {
        round.struck();
      }
      round.idle(LONGEST_SHORTAGE);
      shortage.end();
      process.await(Round.PATIENCE);
      round.look();
      round.finish();
    }
  }

  private static Shortage shortage(Round round) throws Exception {
    boolean feigned = round.random().nextInt(REAL_ONES_PER_FEIGNED + 1) == 0;
    if (!feigned && SmallDisk.isPossible(round.arena())) {
      round.remark("a full tmpfs");
      return SmallDisk.under(round);
    }
    // tables must be there to be refused at
    round.finish();
    round.remark("53100 raised by a trigger");
    Shortage shortage = TriggeredShortage.at(round.arena());
    Work.change(round.arena(), round.random());
    return shortage;
  }
}
