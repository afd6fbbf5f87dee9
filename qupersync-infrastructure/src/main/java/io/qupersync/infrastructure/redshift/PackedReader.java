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

/// Gathers rows packed, for jobs that look at no cell. Two kinds of rows go loose, in batches of
/// their own: a very large one, which packing would hold twice, and one with a cell that has no
/// packed form, together with the rows behind it.
final class PackedReader implements BatchReader {

  private static final long LARGE = 1 << 20;

  /// Of a cell in the driver's hands.
  private static final long CELL_BYTES = 24;

  private final List<Column> columns;
  private final Limits limits;
  private final RowPacker packer;
  private final ObjectReader loose;
  private final @Nullable Object[] cells;
  private CellPacker @Nullable [] packers;
  private Gathering gathering = Gathering.PACKED;
  private long rowBytes;

  /// Whether a row that was read loose waits for the next batch.
  private boolean waits;

  /// What the batch in hand is made of.
  private enum Gathering {
    PACKED,
    LOOSE,
    ONE_LARGE_ROW
  }

  /// @param columns those of the shape that the result holds, in its order
  PackedReader(TableShape shape, List<Column> columns, ObjectReader loose, Limits limits) {
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
    if (gathering == Gathering.LOOSE) {
      return acceptLoose(row);
    }
    CellPacker[] known = packers(row);
    long sent = read(row, known);
    if (sent > LARGE) {
      // what the driver holds must not outlive its row: two of the largest fill a small heap
      Arrays.fill(cells, null);
      return turnTo(Gathering.ONE_LARGE_ROW, row);
    }
    return pack(known, sent) || turnTo(Gathering.LOOSE, row);
  }

  /// @return false when a cell has no packed form
  private boolean pack(CellPacker[] known, long sent) {
    try {
      packer.begin(sent);
      for (int i = 0; i < known.length; i++) {
        Object cell = cells[i];
        if (cell == null) {
          packer.addNull();
        } else {
          known[i].packing().pack(cell, packer);
        }
      }
      return true;
    } catch (UnencodableText _) {
      packer.drop();
      return false;
    }
  }

  /// What was packed before goes first.
  private boolean turnTo(Gathering next, ResultSet row) {
    if (packer.rows() > 0) {
      return false;
    }
    gathering = next;
    return acceptLoose(row);
  }

  private boolean acceptLoose(ResultSet row) {
    waits = !loose.accept(row);
    rowBytes = loose.rowBytes();
    return !waits;
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
    return switch (gathering) {
      case PACKED -> packer.rows() >= limits.rows() || packer.bytes() >= limits.bytes();
      case LOOSE -> loose.isFull();
      case ONE_LARGE_ROW -> true;
    };
  }

  @Override
  public RowBatch take() {
    if (gathering == Gathering.PACKED) {
      return packer.pack();
    }
    gathering = waits ? Gathering.LOOSE : Gathering.PACKED;
    return loose.take();
  }
}
