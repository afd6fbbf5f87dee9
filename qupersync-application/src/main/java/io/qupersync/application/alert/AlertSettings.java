package io.qupersync.application.alert;

import io.qupersync.domain.alert.AlertKind;
import java.time.Duration;
import java.util.Set;

/// Of what a channel wants to be told.
///
/// @param channel the channel's name
/// @param endings whether it is also told when trouble is over
/// @param targetAway whether it is told when the target cannot be reached
/// @param rejectedOver more rejected rows than this must wait for [AlertKind#REJECTED]
/// @param expiringWithin less time than this must be left for [AlertKind#EXPIRING]
public record AlertSettings(
    String channel,
    Set<AlertKind> kinds,
    boolean endings,
    boolean targetAway,
    long rejectedOver,
    Duration expiringWithin) {

  public AlertSettings {
    kinds = Set.copyOf(kinds);
    if (rejectedOver < 0) {
      throw new IllegalArgumentException("rejected_over must not be negative, was " + rejectedOver);
    }
  }
}
