package io.qupersync.infrastructure.redshift;

import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.ColumnType;
import io.qupersync.domain.table.TableShape;

/// How many rows to ask the server for at a time. Every fetch costs a round trip, during which
/// nothing else arrives, and its rows are held all at once: so as many as fit the budget, judged by
/// the rows seen so far.
final class FetchSize {

  private static final int MOST = 50_000;
  private static final int FIRST = 500;
  private static final int GROWTH = 4;
  private static final long NARROW_CELL = 32;
  private static final long UNBOUNDED_CELL = 65_535;

  private final long budget;
  private final int limit;
  private int rows;

  private FetchSize(long budget, int limit, int rows) {
    this.budget = budget;
    this.limit = limit;
    this.rows = rows;
  }

  /// Before any row was seen, only the declared widths say something, and they exaggerate.
  ///
  /// @param budget bytes a fetch may hold
  /// @param batchSize nobody wants more at first
  /// @param limit never more than this, because more was too much once
  static FetchSize first(TableShape shape, long budget, int batchSize, int limit) {
    long declared = shape.columns().stream().mapToLong(FetchSize::declaredBytes).sum();
    int wanted = Math.min(Math.min(FIRST, batchSize), limit);
    return new FetchSize(budget, limit, Math.clamp(budget / Math.max(declared, 1), 1, wanted));
  }

  int rows() {
    return rows;
  }

  /// Follows the width of the rows seen last: grows by steps, shrinks at once.
  void learn(long rowsSeen, long bytesSeen) {
    long fitting = budget * rowsSeen / Math.max(bytesSeen, 1);
    long most = Math.min(Math.min(MOST, limit), (long) rows * GROWTH);
    rows = Math.clamp(fitting, 1, Math.clamp(most, 1, MOST));
  }

  private static long declaredBytes(Column column) {
    return switch (column.type()) {
      case ColumnType.Varchar(int length) -> length;
      case ColumnType.Char(int length) -> length;
      case ColumnType.Plain plain ->
          switch (plain) {
            case TEXT, BYTEA, JSON, JSONB -> UNBOUNDED_CELL;
            default -> NARROW_CELL;
          };
      default -> NARROW_CELL;
    };
  }
}
