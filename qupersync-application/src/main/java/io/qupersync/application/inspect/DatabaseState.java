package io.qupersync.application.inspect;

import io.qupersync.application.port.SyncFailure;
import java.time.Instant;
import java.util.Optional;

/// Whether a database is there, as far as it is known.
///
/// @param name such as `PostgreSQL at db.internal:5432/quper`
/// @param since when this presence began, as far as this process has seen
/// @param detail its version while it is there, the reason while it is away; empty when neither is
///   known
public record DatabaseState(
    String name, Presence presence, Instant since, Optional<String> detail) {

  /// Whether a database answers.
  public enum Presence {
    /// Nobody has asked yet.
    UNKNOWN,
    THERE,
    AWAY
  }

  public boolean isAway() {
    return presence == Presence.AWAY;
  }

  /// Whether this tells somebody who knows the other something new.
  boolean differsFrom(DatabaseState other) {
    return presence != other.presence;
  }

  /// What a failure says without the step that met it: `cannot connect: …` begins all of them.
  static String reason(SyncFailure failure) {
    return String.valueOf(failure.getMessage()).replaceFirst("^cannot connect: ", "");
  }
}
