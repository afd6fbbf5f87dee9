package io.qupersync.application.inspect;

import io.qupersync.domain.job.JobId;
import java.util.List;
import java.util.Optional;

/// What comparing a job's source with its target came to.
///
/// @param sourceRows rows that should be in the target, once per key
/// @param targetRows rows of this source in the target, as far as they lie within what the job
///   reads
/// @param missing rows the target lacks
/// @param differing rows with another value in some column; a job that leaves rows alone which are
///   there already may have them
/// @param extra rows the source no longer has; only a mirror promises that there are none
/// @param rejected source rows that cannot be written; they are in the dead letters
/// @param complete whether every differing range was looked into; if not, the three counts are
///   lower bounds
/// @param examples some of the differences
/// @param same whether the job keeps its promise
/// @param lawful why rows that differ may be just as the job wants them; empty when none differs,
///   or no rule of the job explains it
public record VerifyReport(
    JobId job,
    long sourceRows,
    long targetRows,
    long missing,
    long differing,
    long extra,
    long rejected,
    boolean complete,
    List<Difference> examples,
    boolean same,
    Optional<String> lawful) {

  public VerifyReport {
    examples = List.copyOf(examples);
  }

  /// One row that is not the same on both sides.
  ///
  /// @param key the key's values in their text form
  /// @param columns the columns that differ; empty unless both sides have the row
  public record Difference(Kind kind, String key, List<String> columns) {

    /// How the sides differ.
    public enum Kind {
      MISSING,
      DIFFERING,
      EXTRA
    }
  }
}
