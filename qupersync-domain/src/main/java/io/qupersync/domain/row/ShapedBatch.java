package io.qupersync.domain.row;

import io.qupersync.domain.progress.Watermark;
import java.util.List;
import java.util.Optional;

/// Rows ready to be written, one per key, and those that cannot be.
///
/// @param rows in the order of the mapping's columns
/// @param origins the rows as they were read, one for each of `rows`
/// @param read how many source rows went in
/// @param duplicates rows left out because a later one has the same key
/// @param highest the highest watermark among all rows read, the rejected ones included, that is
///   not beyond the run's ceiling
public record ShapedBatch(
    List<Row> rows,
    List<Row> origins,
    List<RejectedRow> rejected,
    long read,
    long duplicates,
    Optional<Watermark> highest)
    implements TargetBatch {

  public ShapedBatch {
    if (rows.size() != origins.size()) {
      throw new IllegalArgumentException("each row needs its origin");
    }
    if (rows.size() + rejected.size() + duplicates != read) {
      throw new IllegalArgumentException("every row read is written, rejected or a duplicate");
    }
  }

  @Override
  public ShapedBatch shaped() {
    return this;
  }
}
