package io.qupersync.infrastructure.redshift;

import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.ColumnType;
import io.qupersync.domain.table.TableShape;
import java.time.Duration;

/// How many rows to ask the server for at a time. Every fetch costs a round trip, during which
/// nothing else arrives, and its rows are held all at once: so as many as fit the budget, judged by
/// the rows seen so far.
final class FetchSize {

  private static final int MOST = 50_000;
  private static final int FIRST = 500;
  private static final int GROWTH = 4;

  /// As fast as rows come: 100 MB a second.
  private static final long BYTES_PER_MILLI = 100_000;

  private static final int WORTH = 20;
  private static final int MOST_BUDGETS = 4;
  private static final Duration FARTHEST = Duration.ofSeconds(1);

  private static final long NARROW_CELL = 32;

  /// Redshift's longest values.
  private static final long UNBOUNDED_CELL = 16 << 20;

  private final long budget;
  private final int limit;
  private int rows;
  private long rowsSeen;
  private long bytesSeen;

  private FetchSize(long budget, int limit, int rows) {
    this.budget = budget;
    this.limit = limit;
    this.rows = rows;
  }

  /// What a fetch may hold: more when the server is far away, so that the round trip costs about a
  /// twentieth of the fetch's own time. Nothing is gained near by: larger fetches only grow old on
  /// a small heap and make it collect all of it (of 2.5 µs of CPU a row, 0.6 µs at 4 MB near by).
  ///
  /// @param near bytes, for a server next door
  /// @return up to four times as many
  static long budget(long near, Duration roundTrip) {
    long far = roundTrip.compareTo(FARTHEST) > 0 ? FARTHEST.toMillis() : roundTrip.toMillis();
    return Math.clamp(far * WORTH * BYTES_PER_MILLI, near, MOST_BUDGETS * near);
  }

  /// Before any row was seen, only the declared widths say something, and they exaggerate; so it
  /// begins low and soon rises.
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

  /// Takes note of a row. Once a whole fetch has been seen, the next one follows its width: it
  /// grows by steps, it shrinks at once.
  ///
  /// @return whether the size has changed
  boolean sees(long rowBytes) {
    rowsSeen++;
    bytesSeen += rowBytes;
    if (rowsSeen < rows) {
      return false;
    }
    long fitting = budget * rowsSeen / Math.max(bytesSeen, 1);
    int most = (int) Math.min(Math.min(MOST, limit), (long) rows * GROWTH);
    int former = rows;
    rows = Math.clamp(fitting, 1, most);
    rowsSeen = 0;
    bytesSeen = 0;
    return rows != former;
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
