package io.qupersync.domain.mapping;

import io.qupersync.domain.row.PackedRows;
import io.qupersync.domain.row.RowBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The short way through a mapping: rows that no rule touches need not be taken apart. Resolved
/// once per run.
///
/// Whatever only a look at single cells could tell sends a batch the long way: a NULL where a value
/// is required, a key that comes twice.
final class PassThrough {

  private final List<ColumnMapping> columns;
  private final int[] key;

  private PassThrough(List<ColumnMapping> columns, int[] key) {
    this.columns = columns;
    this.key = key;
  }

  /// @param key positions of the key among the columns
  /// @return empty when some rule of the job needs the cells
  static Optional<PassThrough> through(List<ColumnMapping> columns, int[] key) {
    return columns.stream().allMatch(ColumnMapping::passes)
        ? Optional.of(new PassThrough(columns, key))
        : Optional.empty();
  }

  /// For each cell of a line, the position of its column among the target's; empty when the batches
  /// must go the long way.
  Optional<List<Integer>> targetColumns(List<RowBatch> batches) {
    List<Integer> targets = null;
    var packed = new ArrayList<PackedRows>(batches.size());
    for (RowBatch batch : batches) {
      if (!(batch instanceof PackedRows rows)) {
        return Optional.empty();
      }
      if (targets == null) {
        targets = targets(rows.columns());
      }
      if (targets.isEmpty() || lacksARequiredValue(rows)) {
        return Optional.empty();
      }
      packed.add(rows);
    }
    return targets == null || repeatsAKey(packed, targets)
        ? Optional.empty()
        : Optional.of(targets);
  }

  /// Every column that is read is written, to one column; else none.
  private List<Integer> targets(List<Integer> read) {
    var targets = new ArrayList<Integer>(read.size());
    for (int source : read) {
      for (int target = 0; target < columns.size(); target++) {
        if (columns.get(target).isFrom(source)) {
          targets.add(target);
        }
      }
    }
    long written = columns.stream().filter(column -> column.source().isPresent()).count();
    return targets.size() == read.size() && written == read.size() ? targets : List.of();
  }

  private boolean lacksARequiredValue(PackedRows rows) {
    for (ColumnMapping column : columns) {
      if (!column.target().nullable()
          && column.origin() instanceof CellOrigin.SourceColumn(int source, _)
          && !rows.isFull(source)) {
        return true;
      }
    }
    return false;
  }

  private boolean repeatsAKey(List<PackedRows> batches, List<Integer> targets) {
    int[] places = keyPlaces(targets);
    var seen = new HashSetOfLongs(batches.stream().mapToInt(PackedRows::size).sum());
    for (PackedRows rows : batches) {
      for (int row = 0; row < rows.size(); row++) {
        if (!seen.add(rows.hash(row, places))) {
          return true;
        }
      }
    }
    return false;
  }

  /// Where in a line the key lies, but for constants, which tell no two rows apart.
  private int[] keyPlaces(List<Integer> targets) {
    return Arrays.stream(key).map(targets::indexOf).filter(place -> place >= 0).sorted().toArray();
  }
}
