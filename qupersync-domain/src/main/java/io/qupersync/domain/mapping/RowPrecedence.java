package io.qupersync.domain.mapping;

import io.qupersync.domain.job.ConflictPolicy;
import io.qupersync.domain.job.Destination;
import io.qupersync.domain.job.SyncMode;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.row.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What becomes of a row when another one of its key is applied to it: the job's mode, conflict
/// policy and `update_columns` in Java, for those who compare or show rows. The target decides by
/// itself when it writes, by the same rule and with its own order of values.
public final class RowPrecedence {

  private final TableMapping mapping;
  private final Destination destination;
  private final boolean insertsOnly;
  private final boolean[] changes;
  private final int version;

  RowPrecedence(TableMapping mapping) {
    this.mapping = mapping;
    this.destination = mapping.job().destination();
    this.insertsOnly =
        mapping.job().mode() == SyncMode.APPEND
            || destination.conflict() instanceof ConflictPolicy.TargetWins;
    List<ColumnMapping> columns = mapping.columns();
    this.changes = new boolean[columns.size()];
    int latest = -1;
    for (int i = 0; i < changes.length; i++) {
      String name = columns.get(i).target().name();
      changes[i] =
          destination.updateColumns().isEmpty() || destination.updateColumns().contains(name);
      if (destination.conflict() instanceof ConflictPolicy.LatestWins(String column)
          && column.equals(name)) {
        latest = i;
      }
    }
    this.version = latest;
  }

  /// The row that is there after `incoming` came upon `present`, which has the same key.
  public Row applied(Row present, Row incoming) {
    return replaces(versionOf(present), versionOf(incoming)) ? merged(present, incoming) : present;
  }

  /// Whether a row changes one that is there.
  ///
  /// @param present the [#versionOf] the one that is there
  /// @param incoming the [#versionOf] the one that comes
  public boolean replaces(Optional<Object> present, Optional<Object> incoming) {
    if (insertsOnly) {
      return false;
    }
    return version < 0
        || present.isEmpty()
        || (incoming.isPresent() && compare(incoming.get(), present.get()) >= 0);
  }

  /// Whether a key that is spelt anew at the source is spelt anew in the target.
  public boolean movesKeys() {
    return !insertsOnly && destination.updateColumns().isEmpty();
  }

  /// The value that decides which of two rows is the later one; empty where it is NULL, or where
  /// none decides.
  public Optional<Object> versionOf(Row row) {
    return version < 0 ? Optional.empty() : Optional.ofNullable(row.cell(version));
  }

  /// Whether a row that [#replaces] another takes this column's cell along.
  public boolean takes(int column, boolean isNull) {
    return changes[column] && !(isNull && destination.conflict() instanceof ConflictPolicy.Merge);
  }

  /// The same, of the column that [#versionOf] is of.
  public boolean takesVersion(boolean isNull) {
    return version >= 0 && takes(version, isNull);
  }

  private Row merged(Row present, Row incoming) {
    @Nullable Object[] cells = new Object[changes.length];
    for (int i = 0; i < cells.length; i++) {
      Object cell = incoming.cell(i);
      cells[i] = takes(i, cell == null) ? cell : present.cell(i);
    }
    return new Row(cells);
  }

  /// What rows come to when they are applied one by one to an empty table: one for each key.
  ///
  /// @param rows shaped, in the order read
  public List<Row> effective(List<Row> rows) {
    Map<Object, Row> byKey = LinkedHashMap.newLinkedHashMap(rows.size());
    rows.forEach(row -> byKey.merge(mapping.comparableKeyOf(row), row, this::applied));
    return new ArrayList<>(byKey.values());
  }

  /// As PostgreSQL orders values: NaN is the highest of all numbers. Texts are ordered by what Java
  /// knows of them.
  private static int compare(Object one, Object other) {
    Optional<WatermarkValue> first = WatermarkValue.of(one);
    Optional<WatermarkValue> second = WatermarkValue.of(other);
    if (first.isPresent() && second.isPresent() && first.get().kind() == second.get().kind()) {
      return first.get().compareWith(second.get());
    }
    if (one instanceof Number number && other instanceof Number than) {
      return Double.compare(number.doubleValue() + 0.0, than.doubleValue() + 0.0);
    }
    return one instanceof Boolean truth && other instanceof Boolean than
        ? Boolean.compare(truth, than)
        : 0;
  }
}
