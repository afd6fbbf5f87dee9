package io.qupersync.interfaces.http.view;

import io.qupersync.domain.row.DeadLetter;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// A rejected row and why.
///
/// @param complete whether `row` holds the whole values, or only their beginnings
/// @param row the source's values by column, in their text form
public record DeadLetterView(
    long id,
    long runId,
    Optional<String> column,
    String reason,
    long occurrences,
    Instant firstSeen,
    Instant lastSeen,
    boolean complete,
    Map<String, Optional<String>> row) {

  public static DeadLetterView of(DeadLetter letter) {
    return new DeadLetterView(
        letter.id(),
        letter.lastRun().value(),
        letter.column(),
        letter.reason(),
        letter.occurrences(),
        letter.firstSeen(),
        letter.lastSeen(),
        letter.complete(),
        letter.values());
  }
}
