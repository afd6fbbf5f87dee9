package io.qupersync.sandbox.drill;

import io.qupersync.sandbox.relay.ConnectionTeardown;
import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Rows change, come late and vanish at the source while runs read them, are cut off and killed.
final class ChangingSource implements Drill {

  private static final int BLOWS = 2;
  private static final long BETWEEN_CHANGES = 150;

  @Override
  public String name() {
    return "changing-rows";
  }

  @Override
  public int usualRounds() {
    return 10;
  }

  @Override
  public void strike(DrillRound drillRound) throws Exception {
    var failure = new AtomicReference<@Nullable SQLException>();
    var random = new Random(drillRound.random().nextLong());
    var enough = new AtomicBoolean();
    Thread writing =
        Thread.ofVirtual().start(() -> keepChanging(drillRound.arena(), random, enough, failure));
    try {
      for (int i = 0; i < BLOWS; i++) {
        boolean kill = drillRound.random().nextBoolean();
        FaultMoment.any(drillRound.random())
            .in(
                drillRound,
                (process, gate) -> {
                  if (kill) {
                    process.kill();
                  } else {
                    drillRound.arena().source().faults().cutAll(ConnectionTeardown.RST);
                  }
                })
            .await(DrillRound.PATIENCE);
        drillRound.look();
      }
    } finally {
      enough.set(true);
      writing.join();
    }
    SQLException broken = failure.get();
    if (broken != null) {
      throw broken;
    }
  }

  private static void keepChanging(
      DrillEnvironment drillEnvironment,
      Random random,
      AtomicBoolean enough,
      AtomicReference<@Nullable SQLException> failure) {
    try {
      while (!enough.get()) {
        DrillWork.change(drillEnvironment, random);
        Thread.sleep(BETWEEN_CHANGES);
      }
    } catch (SQLException broken) {
      failure.set(broken);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
