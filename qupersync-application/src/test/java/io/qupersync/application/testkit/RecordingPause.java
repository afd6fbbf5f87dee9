package io.qupersync.application.testkit;

import io.qupersync.application.port.Pause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/// Moves the clock instead of waiting, and remembers each pause. Only the guard of a run, which
/// looks up now and then for as long as the run lasts, really waits: until the clock is moved.
public final class RecordingPause implements Pause {

  private final SettableClock clock;
  private final List<Duration> pauses = new CopyOnWriteArrayList<>();
  private volatile boolean guardsAsleep;

  public RecordingPause(SettableClock clock) {
    this.clock = clock;
  }

  @Override
  public void pause(Duration duration) throws InterruptedException {
    if (isGuard(Thread.currentThread())) {
      guard(clock.instant().plus(duration));
      return;
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    pauses.add(duration);
    clock.tick(duration);
  }

  private void guard(Instant then) throws InterruptedException {
    clock.await(then);
    if (guardsAsleep) {
      new CountDownLatch(1).await();
    }
  }

  /// From now on no guard looks up any more, as in a process that was stopped as a whole.
  public void letGuardsSleep() {
    guardsAsleep = true;
  }

  /// The guard's thread has a name of this form.
  private static boolean isGuard(Thread thread) {
    return thread.getName().startsWith("guard-");
  }

  public List<Duration> pauses() {
    return List.copyOf(pauses);
  }
}
