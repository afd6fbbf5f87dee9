package io.qupersync.infrastructure.redshift;

import io.qupersync.application.port.PermanentFailure;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.run.FailureKind;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.TableShape;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Reads rows of one shape. What each column needs is decided once, not per row.
final class RowReader {

  /// Of a row without cells, in a list.
  private static final long ROW_BYTES = 48;

  private static final long REFERENCE_BYTES = 4;

  private final int width;
  private final List<Column> columns;
  private final CellReader[] readers;
  private final int[] places;
  private long bytes;

  private RowReader(int width, List<Column> columns, CellReader[] readers, int[] places) {
    this.width = width;
    this.columns = columns;
    this.readers = readers;
    this.places = places;
  }

  /// @param returned which columns the result holds; the cells of the others stay empty
  static RowReader of(TableShape shape, Predicate<Column> returned) {
    List<Column> columns = shape.columns().stream().filter(returned).toList();
    return new RowReader(
        shape.columns().size(),
        columns,
        columns.stream().map(column -> CellReader.of(column.type())).toArray(CellReader[]::new),
        columns.stream().mapToInt(column -> shape.indexOf(column.name()).orElseThrow()).toArray());
  }

  /// The row the result stands on.
  ///
  /// @throws PermanentFailure when the driver cannot make sense of a value
  Row read(ResultSet rows) {
    @Nullable Object[] cells = new Object[width];
    long heap = ROW_BYTES + REFERENCE_BYTES * width;
    for (int i = 0; i < readers.length; i++) {
      Object cell = cell(rows, i);
      if (cell != null) {
        cells[places[i]] = cell;
        heap += readers[i].bytes(cell);
      }
    }
    bytes = heap;
    return new Row(cells);
  }

  // The row is here already, so whatever fails now is the value's fault; what the driver says then
  // may hold the value.
  private @Nullable Object cell(ResultSet rows, int index) {
    try {
      return readers[index].read(rows, index + 1);
    } catch (SQLException | RuntimeException unreadable) {
      throw unreadable(columns.get(index), unreadable);
    }
  }

  static PermanentFailure unreadable(Column column, Exception cause) {
    return new PermanentFailure(
        FailureKind.SOURCE,
        "column '%s' holds a value that the Redshift driver cannot read; exclude it, or cast it to varchar in a query"
            .formatted(column.name()),
        cause);
  }

  /// About how much heap the row read last takes.
  long bytes() {
    return bytes;
  }
}
