package io.qupersync.domain.row;

import io.qupersync.domain.progress.Watermark;
import java.util.List;
import java.util.Optional;

/// Rows ready to be written, in the order read, and those that cannot be.
///
/// @param rows in the order of the mapping's columns
/// @param origins the rows as they were read, one for each of `rows`
/// @param read how many source rows went in
/// @param repeatsAKey whether two of the rows have the same key, as far as Java can tell; the
///   target applies them one after the other
/// @param highest the highest watermark among all rows read, the rejected ones included, that is
///   not beyond the run's ceiling
public record ShapedBatch(
    List<Row> rows,
    List<Row> origins,
    List<RejectedRow> rejected,
    long read,
    boolean repeatsAKey,
    Optional<Watermark> highest)
    implements TargetBatch {

  public ShapedBatch {
    if (rows.size() != origins.size()) {
      throw new IllegalArgumentException("each row needs its origin");
    }
    if (rows.size() + rejected.size() != read) {
      throw new IllegalArgumentException("every row read is written or rejected");
    }
  }

  @Override
  public ShapedBatch shaped() {
    return this;
  }
}
