package io.qupersync.app;

import io.qupersync.application.port.Pause;
import java.time.Duration;

/// Waits in real time.
final class SystemPause implements Pause {

  @Override
  public void pause(Duration duration) throws InterruptedException {
    Thread.sleep(duration);
  }
}
