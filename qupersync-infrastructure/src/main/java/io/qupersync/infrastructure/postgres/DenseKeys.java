package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.row.PackedRows;
import io.qupersync.domain.row.PassThroughBatch;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.ColumnType.Plain;
import io.qupersync.domain.table.Identifier;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The keys of a batch, when they are whole numbers that lie close together: the target then has
/// not many more rows between the lowest and the highest, whatever it holds.
///
/// @param column the key, quoted
record DenseKeys(String column, long low, long high) {

  private static final int SPARSEST = 4;

  /// Looks at keys one by one.
  private static final class Seen {
    private final String column;
    private long low = Long.MAX_VALUE;
    private long high = Long.MIN_VALUE;
    private long rows;

    Seen(Column key) {
      this.column = Identifier.quoted(key.name());
    }

    void add(long key) {
      low = Math.min(low, key);
      high = Math.max(high, key);
      rows++;
    }

    /// Empty also where the difference is beyond a long.
    Optional<DenseKeys> ifDense() {
      long width = high - low;
      return rows > 0 && width >= 0 && width / SPARSEST < rows
          ? Optional.of(new DenseKeys(column, low, high))
          : Optional.empty();
    }
  }

  /// In SQL.
  ///
  /// @param table names the target's row
  String holds(String table) {
    return "%s.%s between %d and %d".formatted(table, column, low, high);
  }

  /// @return empty when the keys are something else, or far apart
  static Optional<DenseKeys> of(PassThroughBatch batch, TableMapping mapping) {
    Optional<Integer> key = key(mapping);
    int place = key.map(batch.columns()::indexOf).orElse(-1);
    if (place < 0) {
      return Optional.empty();
    }
    var seen = new Seen(mapping.targetColumns().get(key.get()));
    for (PackedRows rows : batch.rows()) {
      for (int row = 0; row < rows.size(); row++) {
        OptionalLong number = rows.wholeNumber(row, place);
        if (number.isEmpty()) {
          return Optional.empty();
        }
        seen.add(number.getAsLong());
      }
    }
    return seen.ifDense();
  }

  /// @return empty when the keys are something else, or far apart
  static Optional<DenseKeys> of(List<Row> rows, TableMapping mapping) {
    Optional<Integer> key = key(mapping);
    if (key.isEmpty()) {
      return Optional.empty();
    }
    var seen = new Seen(mapping.targetColumns().get(key.get()));
    for (Row row : rows) {
      if (!(row.cell(key.get()) instanceof Long number)) {
        return Optional.empty();
      }
      seen.add(number);
    }
    return seen.ifDense();
  }

  /// Where the key is among the target's columns.
  private static Optional<Integer> key(TableMapping mapping) {
    List<String> key = mapping.job().destination().key();
    List<Column> columns = mapping.targetColumns();
    for (int index = 0; index < columns.size() && key.size() == 1; index++) {
      if (columns.get(index).name().equals(key.getFirst()) && isWhole(columns.get(index))) {
        return Optional.of(index);
      }
    }
    return Optional.empty();
  }

  private static boolean isWhole(Column column) {
    return column.type() instanceof Plain plain
        && switch (plain) {
          case SMALLINT, INTEGER, BIGINT -> true;
          default -> false;
        };
  }
}
