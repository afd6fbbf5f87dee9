package io.qupersync.domain.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Trouble that someone is told of once when it begins, and once when it is over.
///
/// @param id unique within one state schema
/// @param channel the name of who is told
/// @param alarm what was wrong when it began
/// @param closedAt when it was over; empty while it lasts
public record Incident(
    long id, String channel, Alarm alarm, Instant openedAt, Optional<Instant> closedAt) {

  public boolean isOver() {
    return closedAt.isPresent();
  }

  /// How long it lasted, or has lasted at `now`.
  public Duration duration(Instant now) {
    return Duration.between(openedAt, closedAt.orElse(now));
  }
}
