package io.qupersync.domain.row;

import io.qupersync.domain.job.JobId;
import io.qupersync.domain.run.RunId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// A rejected row as it is kept.
///
/// @param values the source's values by column name in their text form; a NULL is an absent value
/// @param complete whether these are the whole values; of a very large row only their beginnings
///   are kept, which tell what it was but cannot be written
/// @param lastRun the run that met it last
/// @param occurrences how many runs met it
public record DeadLetter(
    long id,
    JobId job,
    RunId lastRun,
    Optional<String> column,
    String reason,
    Map<String, Optional<String>> values,
    boolean complete,
    long occurrences,
    Instant firstSeen,
    Instant lastSeen) {

  /// A letter whose values are complete.
  public DeadLetter(
      long id,
      JobId job,
      RunId lastRun,
      Optional<String> column,
      String reason,
      Map<String, Optional<String>> values,
      long occurrences,
      Instant firstSeen,
      Instant lastSeen) {
    this(id, job, lastRun, column, reason, values, true, occurrences, firstSeen, lastSeen);
  }
}
