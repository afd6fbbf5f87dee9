package io.qupersync.domain.row;

import io.qupersync.domain.progress.Watermark;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Rows that no rule of their job touches: as far as the job knows, the target can take them as
/// they were sent. No two have the same key, as far as their bytes tell.
///
/// @param columns for each cell of a line, the position of its column among the target's
/// @param apart shapes them one by one, for a target that refuses some of them
public record PassThroughBatch(
    List<PackedRows> rows,
    List<Integer> columns,
    Optional<Watermark> highest,
    Supplier<ShapedBatch> apart)
    implements TargetBatch {

  public PassThroughBatch {
    rows = List.copyOf(rows);
    columns = List.copyOf(columns);
  }

  @Override
  public long read() {
    return rows.stream().mapToLong(PackedRows::size).sum();
  }

  @Override
  public ShapedBatch shaped() {
    return apart.get();
  }
}
