package io.qupersync.application.port;

import io.qupersync.domain.alert.Incident;
import java.time.Duration;
import java.util.Optional;

/// Someone who is told of incidents. Safe for use by many threads.
public interface AlertChannel {

  /// Unique, and the same over restarts.
  String name();

  /// Tells of an incident's beginning, or of its end when it is over. Takes no longer than a
  /// minute.
  Delivery send(Incident incident);

  /// How telling ended.
  sealed interface Delivery {

    record Delivered() implements Delivery {}

    /// @param reason one line without any secret
    /// @param retryAfter how long the other side wants to be left alone
    record Failed(String reason, Optional<Duration> retryAfter) implements Delivery {}
  }
}
