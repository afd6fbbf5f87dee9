package io.qupersync.infrastructure.redshift;

import io.qupersync.domain.row.RowBatch;
import io.qupersync.domain.row.RowPacker;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.TableShape;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gathers rows packed, for jobs that look at no cell. A very large row goes alone and loose:
/// packing would hold it twice.
final class PackedReader implements BatchReader {

  private static final long LARGE = 1 << 20;

  /// Of a cell in the driver's hands.
  private static final long CELL_BYTES = 24;

  private final List<Column> columns;
  private final Limits limits;
  private final RowPacker packer;
  private final LooseReader loose;
  private final @Nullable Object[] cells;
  private CellPacker @Nullable [] packers;
  private boolean holdsALargeRow;
  private long rowBytes;

  /// @param columns those of the shape that the result holds, in its order
  PackedReader(TableShape shape, List<Column> columns, LooseReader loose, Limits limits) {
    this.columns = columns;
    this.limits = limits;
    this.loose = loose;
    this.cells = new Object[columns.size()];
    this.packer =
        new RowPacker(
            shape,
            columns.stream().map(column -> shape.indexOf(column.name()).orElseThrow()).toList());
  }

  @Override
  public boolean accept(ResultSet row) throws SQLException {
    CellPacker[] known = packers(row);
    if (read(row, known) > LARGE) {
      // what the driver holds must not outlive its row: two of the largest fill a small heap
      Arrays.fill(cells, null);
      if (packer.rows() > 0) {
        return false;
      }
      holdsALargeRow = true;
      return loose.accept(row);
    }
    for (int i = 0; i < known.length; i++) {
      Object cell = cells[i];
      if (cell == null) {
        packer.addNull();
      } else {
        known[i].pack(cell, packer);
      }
    }
    return true;
  }

  private CellPacker[] packers(ResultSet rows) throws SQLException {
    CellPacker[] known = packers;
    if (known == null) {
      known = new CellPacker[columns.size()];
      for (int i = 0; i < known.length; i++) {
        known[i] = CellPacker.of(rows, i + 1, columns.get(i));
      }
      packers = known;
    }
    return known;
  }

  private long read(ResultSet row, CellPacker[] known) {
    long bytes = 0;
    for (int i = 0; i < known.length; i++) {
      Object cell = cell(row, known[i], i);
      cells[i] = cell;
      bytes += cell == null ? 0 : known[i].bytes(cell);
    }
    rowBytes = bytes + CELL_BYTES * known.length;
    return bytes;
  }

  // the row is here already, so whatever fails now is the value's fault
  private @Nullable Object cell(ResultSet row, CellPacker reader, int index) {
    try {
      return reader.read(row, index + 1);
    } catch (SQLException | RuntimeException unreadable) {
      throw RowReader.unreadable(columns.get(index), unreadable);
    }
  }

  @Override
  public long rowBytes() {
    return rowBytes;
  }

  @Override
  public boolean isFull() {
    return holdsALargeRow || packer.rows() >= limits.rows() || packer.bytes() >= limits.bytes();
  }

  @Override
  public RowBatch take() {
    if (holdsALargeRow) {
      holdsALargeRow = false;
      return loose.take();
    }
    return packer.pack();
  }
}
