package io.qupersync.application.port;

import java.time.Duration;

/// Waiting.
@FunctionalInterface
public interface Pause {

  /// Returns after the duration.
  void pause(Duration duration) throws InterruptedException;
}
