package io.qupersync.sandbox.drill;

import io.qupersync.sandbox.relay.Ending;
import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Rows change, come late and vanish at the source while runs read them, are cut off and killed.
final class BusySource implements Drill {

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
  public void strike(Round round) throws Exception {
    var failure = new AtomicReference<@Nullable SQLException>();
    var random = new Random(round.random().nextLong());
    var enough = new AtomicBoolean();
    Thread writing =
        Thread.ofVirtual().start(() -> keepChanging(round.arena(), random, enough, failure));
    try {
      for (int i = 0; i < BLOWS; i++) {
        boolean kill = round.random().nextBoolean();
        Moment.any(round.random())
            .in(
                round,
                (process, gate) -> {
                  if (kill) {
                    process.kill();
                  } else {
                    round.arena().source().faults().cutAll(Ending.RST);
                  }
                })
            .await(Round.PATIENCE);
        round.look();
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
      Arena arena,
      Random random,
      AtomicBoolean enough,
      AtomicReference<@Nullable SQLException> failure) {
    try {
      while (!enough.get()) {
        Work.change(arena, random);
        Thread.sleep(BETWEEN_CHANGES);
      }
    } catch (SQLException broken) {
      failure.set(broken);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
