package io.qupersync.domain.row;

import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.TableShape;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Rows read together, as PostgreSQL's COPY has them in binary: for each row the number of its
/// cells, for each cell its length and its bytes. They take a fraction of the heap that their cells
/// would, and what no rule touches goes to the target as it is. Do not change until they are
/// released.
///
/// @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY, binary format</a>
public final class PackedRows implements RowBatch {

  private final TableShape shape;
  private final List<Integer> columns;
  private final PackedForm[] forms;
  private final int[] ends;
  private final int[] nulls;
  private final PackArrays arrays;
  private final long bytes;

  /// Nothing, as soon as others may be written over them.
  private byte @Nullable [] packed;

  /// @param columns what the cells of a row are: positions in the shape, each once at most
  /// @param forms of these columns
  /// @param packed the rows, from its beginning
  /// @param ends where each row ends
  /// @param nulls how many cells are NULL, for each of `columns`
  /// @param arrays takes the array back
  PackedRows(
      TableShape shape,
      List<Integer> columns,
      PackedForm[] forms,
      byte[] packed,
      int[] ends,
      int[] nulls,
      PackArrays arrays) {
    this.shape = shape;
    this.columns = columns;
    this.forms = forms;
    this.packed = packed;
    this.ends = ends;
    this.nulls = nulls;
    this.arrays = arrays;
    this.bytes = packed.length + (long) Integer.BYTES * ends.length;
  }

  @Override
  public int size() {
    return ends.length;
  }

  @Override
  public long bytes() {
    return bytes;
  }

  /// What the cells of a row are: positions in the shape of the rows.
  public List<Integer> columns() {
    return columns;
  }

  /// The column that the cells in a place are of.
  public Column column(int place) {
    return shape.columns().get(columns.get(place));
  }

  /// Begins with the rows; nobody may change them.
  public byte[] packed() {
    if (packed == null) {
      throw new IllegalStateException("these rows were released");
    }
    return packed;
  }

  /// How many bytes the rows take in it.
  public int length() {
    return ends.length == 0 ? 0 : ends[ends.length - 1];
  }

  @Override
  public void release() {
    if (packed != null) {
      arrays.giveBack(packed);
      packed = null;
    }
  }

  /// Where a row begins.
  public int start(int row) {
    return row == 0 ? 0 : ends[row - 1];
  }

  /// Where a row ends.
  public int end(int row) {
    return ends[row];
  }

  /// Whether a column of the shape has no NULL here; false also for one that was not read.
  public boolean isFull(int column) {
    int place = columns.indexOf(column);
    return place >= 0 && nulls[place] == 0;
  }

  /// One cell, unpacked.
  ///
  /// @param column its position in the shape
  public @Nullable Object cell(int row, int column) {
    int place = columns.indexOf(column);
    return place < 0 ? null : unpacked(cellAt(row, place), place);
  }

  /// A cell of a column of whole numbers, read as it stands.
  ///
  /// @param place position within a row
  /// @return empty for a NULL, and in a column of something else
  public OptionalLong wholeNumber(int row, int place) {
    int at = cellAt(row, place);
    int length = length(at);
    if (length < 0 || !forms[place].isWhole()) {
      return OptionalLong.empty();
    }
    int value = at + Integer.BYTES;
    return OptionalLong.of(
        switch (length) {
          case Short.BYTES -> (short) BigEndian.SHORT.get(packed(), value);
          case Integer.BYTES -> (int) BigEndian.INT.get(packed(), value);
          default -> (long) BigEndian.LONG.get(packed(), value);
        });
  }

  /// A hash of some cells' bytes, for telling rows apart: equal cells have equal hashes.
  ///
  /// @param places positions within a row, ascending
  public long hash(int row, int[] places) {
    byte[] bytes = packed();
    long hash = 0x9e3779b97f4a7c15L;
    int at = start(row) + Short.BYTES;
    int cell = 0;
    for (int place : places) {
      for (; cell < place; cell++) {
        at = next(at);
      }
      int end = next(at);
      for (; at <= end - Long.BYTES; at += Long.BYTES) {
        hash = mixed(hash, (long) BigEndian.LONG.get(bytes, at));
      }
      for (; at < end; at++) {
        hash = mixed(hash, bytes[at]);
      }
      cell++;
    }
    return hash ^ (hash >>> 29);
  }

  /// Every bit of what is mixed in must reach every bit of the hash.
  private static long mixed(long hash, long more) {
    long mixed = (hash ^ more) * 0xff51afd7ed558ccdL;
    return mixed ^ (mixed >>> 32);
  }

  @Override
  public List<Row> rows() {
    var rows = new ArrayList<Row>(size());
    for (int row = 0; row < size(); row++) {
      rows.add(unpacked(row));
    }
    return rows;
  }

  private Row unpacked(int row) {
    @Nullable Object[] cells = new Object[shape.columns().size()];
    int at = start(row) + Short.BYTES;
    for (int place = 0; place < forms.length; place++) {
      cells[columns.get(place)] = unpacked(at, place);
      at = next(at);
    }
    return new Row(cells);
  }

  private @Nullable Object unpacked(int at, int place) {
    int length = length(at);
    if (length < 0) {
      return null;
    }
    try {
      return PackedCells.unpack(packed(), at + Integer.BYTES, length, forms[place]);
    } catch (IllegalArgumentException broken) {
      throw new IllegalArgumentException(
          "column '%s' holds %s".formatted(column(place).name(), broken.getMessage()), broken);
    }
  }

  /// Where a cell begins, its length first.
  private int cellAt(int row, int place) {
    int at = start(row) + Short.BYTES;
    for (int skipped = 0; skipped < place; skipped++) {
      at = next(at);
    }
    return at;
  }

  private int length(int at) {
    return (int) BigEndian.INT.get(packed(), at);
  }

  private int next(int at) {
    return at + Integer.BYTES + Math.max(0, length(at));
  }
}
