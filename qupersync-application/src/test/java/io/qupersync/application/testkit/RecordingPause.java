package io.qupersync.application.testkit;

import io.qupersync.application.port.Pause;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Moves the clock instead of waiting, and remembers each pause.
public final class RecordingPause implements Pause {

  private final SettableClock clock;
  private final List<Duration> pauses = new CopyOnWriteArrayList<>();

  public RecordingPause(SettableClock clock) {
    this.clock = clock;
  }

  @Override
  public void pause(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    pauses.add(duration);
    clock.tick(duration);
  }

  public List<Duration> pauses() {
    return List.copyOf(pauses);
  }
}
