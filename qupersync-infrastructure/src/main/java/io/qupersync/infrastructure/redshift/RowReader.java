package io.qupersync.infrastructure.redshift;

import io.qupersync.domain.row.Row;
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
  private final CellReader[] readers;
  private final int[] places;
  private long bytes;

  private RowReader(int width, CellReader[] readers, int[] places) {
    this.width = width;
    this.readers = readers;
    this.places = places;
  }

  /// @param returned which columns the result holds; the cells of the others stay empty
  static RowReader of(TableShape shape, Predicate<Column> returned) {
    List<Column> columns = shape.columns().stream().filter(returned).toList();
    return new RowReader(
        shape.columns().size(),
        columns.stream().map(column -> CellReader.of(column.type())).toArray(CellReader[]::new),
        columns.stream().mapToInt(column -> shape.indexOf(column.name()).orElseThrow()).toArray());
  }

  /// The row the result stands on.
  Row read(ResultSet rows) throws SQLException {
    @Nullable Object[] cells = new Object[width];
    long heap = ROW_BYTES + REFERENCE_BYTES * width;
    for (int i = 0; i < readers.length; i++) {
      CellReader reader = readers[i];
      Object cell = reader.read(rows, i + 1);
      if (cell != null) {
        cells[places[i]] = cell;
        heap += reader.bytes(cell);
      }
    }
    bytes = heap;
    return new Row(cells);
  }

  /// About how much heap the row read last takes.
  long bytes() {
    return bytes;
  }
}
