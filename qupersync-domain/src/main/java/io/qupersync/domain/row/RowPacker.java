package io.qupersync.domain.row;

import io.qupersync.domain.table.CellText;
import io.qupersync.domain.table.TableShape;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// Packs rows cell by cell, in the order of the columns it was given. To be used by one thread; it
/// begins anew after [#pack].
public final class RowPacker {

  private static final int FIRST_BYTES = 64 * 1024;
  private static final int FIRST_ROWS = 1024;

  private final TableShape shape;
  private final List<Integer> columns;
  private byte[] text = new byte[FIRST_BYTES];
  private int used;
  private int[] ends = new int[FIRST_ROWS];
  private int rows;
  private int[] nulls;
  private int cell;

  /// @param columns positions in the shape, each once at most; the others stay NULL
  public RowPacker(TableShape shape, List<Integer> columns) {
    this.shape = shape;
    this.columns = List.copyOf(columns);
    this.nulls = new int[columns.size()];
  }

  public int rows() {
    return rows;
  }

  /// How large the rows have become so far.
  public int bytes() {
    return used;
  }

  public void addNull() {
    ensure(3);
    text[used++] = '\\';
    text[used++] = 'N';
    nulls[cell]++;
    endCell();
  }

  /// @param sent the text form of a value in which nothing needs escaping: of a number, a truth, a
  ///   time
  public void addPlain(byte[] sent) {
    ensure(sent.length + 1);
    System.arraycopy(sent, 0, text, used, sent.length);
    used += sent.length;
    endCell();
  }

  /// @param sent any text in UTF-8
  public void addText(byte[] sent) {
    ensure(2 * sent.length + 1);
    byte[] to = text;
    int at = used;
    for (byte b : sent) {
      // all that needs escaping lies at or below the backslash, most text above it
      if (b <= '\\' && b >= 0) {
        byte escape = escape(b);
        if (escape != 0) {
          to[at++] = '\\';
          to[at++] = escape;
          continue;
        }
      }
      to[at++] = b;
    }
    used = at;
    endCell();
  }

  /// @param value a cell of the column's Java type
  public void addCell(Object value) {
    addText(CellText.of(value).getBytes(StandardCharsets.UTF_8));
  }

  private static byte escape(byte b) {
    return switch (b) {
      case '\\' -> '\\';
      case '\n' -> 'n';
      case '\r' -> 'r';
      case '\t' -> 't';
      default -> 0;
    };
  }

  private void endCell() {
    boolean last = ++cell == columns.size();
    text[used++] = (byte) (last ? '\n' : '\t');
    if (last) {
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

  private void ensure(int more) {
    if (text.length - used < more) {
      text = Arrays.copyOf(text, Math.max(Math.addExact(used, more), 2 * text.length));
    }
  }

  /// What was added since the last time, complete rows only.
  public PackedRows pack() {
    var packed =
        new PackedRows(shape, columns, Arrays.copyOf(text, used), Arrays.copyOf(ends, rows), nulls);
    used = 0;
    rows = 0;
    nulls = new int[columns.size()];
    return packed;
  }
}
