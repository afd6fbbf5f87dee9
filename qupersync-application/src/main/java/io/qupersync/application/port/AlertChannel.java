package io.qupersync.application.port;

import io.qupersync.domain.alert.Incident;
import io.qupersync.domain.alert.Outage;
import java.time.Duration;
import java.util.Optional;

/// Someone who is told of incidents. Safe for use by many threads.
public interface AlertChannel extends AutoCloseable {

  /// Unique, and the same over restarts.
  String name();

  /// Tells of an incident's beginning, or of its end when it is over. Takes no longer than a
  /// minute.
  Delivery send(Incident incident);

  /// Tells that the target is away, or that it is back.
  Delivery send(Outage outage);

  /// Nobody is told anything more. Never throws.
  @Override
  default void close() {}

  /// How telling ended.
  sealed interface Delivery {

    record Delivered() implements Delivery {}

    /// @param reason one line without any secret
    /// @param retryAfter how long the other side wants to be left alone
    record Failed(String reason, Optional<Duration> retryAfter) implements Delivery {}
  }
}
