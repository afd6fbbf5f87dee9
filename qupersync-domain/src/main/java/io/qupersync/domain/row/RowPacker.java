package io.qupersync.domain.row;

import io.qupersync.domain.table.TableShape;
import java.util.Arrays;
import java.util.List;

/// Packs rows cell by cell, in the order of the columns it was given: each cell in the [PackedForm]
/// of its column, which whoever adds it must know. To be used by one thread; it begins anew after
/// [#pack].
public final class RowPacker {

  private static final int FIRST_BYTES = 64 * 1024;
  private static final int MOST_GROWTH = 128 * 1024;
  private static final int FIRST_ROWS = 1024;

  /// What a cell takes besides its own bytes: its length, and what a number may be longer in this
  /// form than in the one it came in.
  private static final int MOST_BESIDES = 24;

  private static final int NULL = -1;

  private final TableShape shape;
  private final List<Integer> columns;
  private final PackedForm[] forms;
  private final PackArrays arrays = new PackArrays(FIRST_BYTES);
  private byte[] packed = arrays.take();
  private int used;
  private int[] ends = new int[FIRST_ROWS];
  private int rows;
  private int[] nulls;
  private int cell;

  /// @param columns positions in the shape, each once at most; the others stay NULL
  public RowPacker(TableShape shape, List<Integer> columns) {
    this.shape = shape;
    this.columns = List.copyOf(columns);
    this.forms =
        columns.stream()
            .map(column -> PackedForm.of(shape.columns().get(column).type()))
            .toArray(PackedForm[]::new);
    this.nulls = new int[columns.size()];
  }

  /// How many rows are complete.
  public int rows() {
    return rows;
  }

  /// How large the rows have become so far.
  public int bytes() {
    return used;
  }

  /// Begins a row, and makes room for all of it: looking for room once a cell took a sixth of the
  /// time of packing.
  ///
  /// @param sent how many bytes its cells had as they came, at least
  public void begin(long sent) {
    long most = Short.BYTES + (long) MOST_BESIDES * forms.length + sent;
    if (packed.length - used < most) {
      grow(Math.toIntExact(used + most));
    }
    BigEndian.SHORT.set(packed, used, (short) forms.length);
    used += Short.BYTES;
  }

  private void grow(int least) {
    int more = Math.min(packed.length, MOST_GROWTH);
    packed = Arrays.copyOf(packed, Math.max(least, Math.addExact(packed.length, more)));
    arrays.lengthen(packed.length);
  }

  /// Forgets the row that was begun.
  public void drop() {
    used = rows == 0 ? 0 : ends[rows - 1];
    int at = used + Short.BYTES;
    for (int dropped = 0; dropped < cell; dropped++) {
      int length = (int) BigEndian.INT.get(packed, at);
      nulls[dropped] -= length == NULL ? 1 : 0;
      at += Integer.BYTES + Math.max(0, length);
    }
    cell = 0;
  }

  public void addNull() {
    BigEndian.INT.set(packed, used, NULL);
    used += Integer.BYTES;
    nulls[cell]++;
    endCell();
  }

  public void addTruth(boolean value) {
    BigEndian.INT.set(packed, used, 1);
    packed[used + Integer.BYTES] = (byte) (value ? 1 : 0);
    used += Integer.BYTES + 1;
    endCell();
  }

  /// A cell of two bytes.
  public void addTwo(int value) {
    BigEndian.INT.set(packed, used, Short.BYTES);
    BigEndian.SHORT.set(packed, used + Integer.BYTES, (short) value);
    used += Integer.BYTES + Short.BYTES;
    endCell();
  }

  /// A cell of four bytes.
  public void addFour(int value) {
    BigEndian.INT.set(packed, used, Integer.BYTES);
    BigEndian.INT.set(packed, used + Integer.BYTES, value);
    used += 2 * Integer.BYTES;
    endCell();
  }

  /// A cell of eight bytes.
  public void addEight(long value) {
    BigEndian.INT.set(packed, used, Long.BYTES);
    BigEndian.LONG.set(packed, used + Integer.BYTES, value);
    used += Integer.BYTES + Long.BYTES;
    endCell();
  }

  /// @param value the cell as it will lie there: a text, bytes, or another form as it came
  public void add(byte[] value) {
    BigEndian.INT.set(packed, used, value.length);
    System.arraycopy(value, 0, packed, used + Integer.BYTES, value.length);
    used += Integer.BYTES + value.length;
    endCell();
  }

  /// The head of a decimal, to be followed by its groups.
  ///
  /// @param groups of four digits each
  /// @param weight power of 10,000 that the first of them counts
  /// @param scale digits behind the point that are shown
  public void beginDecimal(int groups, int weight, boolean isNegative, int scale) {
    beginNumeric(groups, weight, isNegative ? PackedCells.NEGATIVE : 0, scale);
  }

  /// The head of a numeric, which may be no number.
  ///
  /// @param sign as PostgreSQL has it
  void beginNumeric(int groups, int weight, int sign, int scale) {
    BigEndian.INT.set(packed, used, (4 + groups) * Short.BYTES);
    used += Integer.BYTES;
    addGroup(groups);
    addGroup(weight);
    addGroup(sign);
    addGroup(scale);
  }

  /// @param group a number below 10,000
  public void addGroup(int group) {
    BigEndian.SHORT.set(packed, used, (short) group);
    used += Short.BYTES;
  }

  public void endNumeric() {
    endCell();
  }

  /// A row of cells as they are elsewhere.
  ///
  /// @param row with a cell for each column of the shape, of the column's Java type
  public void addRow(Row row) {
    long sent = 0;
    for (int column : columns) {
      sent += PackedCells.mostBytes(row.cell(column));
    }
    begin(sent);
    for (int column : columns) {
      Object value = row.cell(column);
      if (value == null) {
        addNull();
      } else {
        addCell(value);
      }
    }
  }

  /// The next cell, in the form of its column.
  ///
  /// @param value of the column's Java type
  public void addCell(Object value) {
    PackedCells.pack(value, forms[cell], this);
  }

  private void endCell() {
    if (++cell == forms.length) {
      endRow();
    }
  }

  private void endRow() {
    if (rows == ends.length) {
      ends = Arrays.copyOf(ends, 2 * rows);
    }
    ends[rows++] = used;
    cell = 0;
  }

  /// What was added since the last time, complete rows only.
  public PackedRows pack() {
    var complete =
        new PackedRows(shape, columns, forms, packed, Arrays.copyOf(ends, rows), nulls, arrays);
    packed = arrays.take();
    used = 0;
    rows = 0;
    nulls = new int[columns.size()];
    return complete;
  }
}
