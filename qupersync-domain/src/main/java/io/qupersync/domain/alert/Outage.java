package io.qupersync.domain.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A time in which the target could not be asked: nothing can be written, and nobody can see how
/// the jobs stand.
///
/// @param instance the process that cannot reach it; others may
/// @param reason what asking met when it began; no secret
/// @param until when the target was back; empty while it is away
public record Outage(String instance, String reason, Instant since, Optional<Instant> until) {

  public boolean isOver() {
    return until.isPresent();
  }

  public Outage endedAt(Instant end) {
    return new Outage(instance, reason, since, Optional.of(end));
  }

  /// How long it lasted, once it is over.
  public Optional<Duration> duration() {
    return until.map(end -> Duration.between(since, end));
  }
}
