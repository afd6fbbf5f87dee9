package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.row.PackedRows;
import io.qupersync.domain.table.ColumnType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.postgresql.copy.CopyIn;

/// Rewrites packed lines in COPY's binary format. Reading numbers and times from text is most of
/// what COPY costs the server: of eleven columns of all kinds it takes 0.95 µs a row in binary and
/// 2.1 µs in text, against 0.3 µs spent here.
final class BinaryLines {

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHEST_BITS = 0x8080808080808080L;
  private static final long TABS = ONES * '\t';
  private static final long LINE_FEEDS = ONES * '\n';

  private final BinaryForm[] forms;

  private BinaryLines(BinaryForm[] forms) {
    this.forms = forms;
  }

  /// @param types those of the target's columns, in the order of the cells
  /// @return empty when one of them is better left to PostgreSQL to read
  static Optional<BinaryLines> of(List<ColumnType> types) {
    List<BinaryForm> forms = types.stream().flatMap(type -> BinaryForm.of(type).stream()).toList();
    return forms.size() == types.size()
        ? Optional.of(new BinaryLines(forms.toArray(BinaryForm[]::new)))
        : Optional.empty();
  }

  /// @param more cells that every line lacks at its end, in text form; may be empty
  void send(List<PackedRows> batches, byte[] more, CopyIn copy) throws SQLException {
    var out = new BinaryBuffer(copy);
    out.begin();
    for (PackedRows rows : batches) {
      send(rows, more, out);
    }
    out.end();
  }

  private void send(PackedRows rows, byte[] more, BinaryBuffer out) throws SQLException {
    byte[] text = rows.text();
    int cells = rows.columns().size();
    int at = 0;
    for (int row = 0; row < rows.size(); row++) {
      out.row(forms.length);
      at = send(text, at, 0, cells, out);
      send(more, 0, cells, forms.length, out);
    }
  }

  /// @return where the cell after them begins
  private int send(byte[] text, int from, int first, int end, BinaryBuffer out)
      throws SQLException {
    int at = from;
    for (int cell = first; cell < end; cell++) {
      int to = endOfCell(text, at);
      if (isNull(text, at, to)) {
        out.nothing();
      } else {
        forms[cell].write(text, at, to, out);
      }
      at = to + 1;
    }
    return at;
  }

  /// Looks at eight bytes at a time, which takes half the time for cells of ten.
  private static int endOfCell(byte[] text, int from) {
    int to = from;
    for (; to <= text.length - Long.BYTES; to += Long.BYTES) {
      long bytes = (long) EIGHT.get(text, to);
      long ends = zeros(bytes ^ TABS) | zeros(bytes ^ LINE_FEEDS);
      if (ends != 0) {
        return to + Long.numberOfTrailingZeros(ends) / Byte.SIZE;
      }
    }
    while (text[to] != '\t' && text[to] != '\n') {
      to++;
    }
    return to;
  }

  /// The highest bit of each byte that is zero; above the lowest of them, also of some that are
  /// not.
  private static long zeros(long bytes) {
    return (bytes - ONES) & ~bytes & HIGHEST_BITS;
  }

  private static boolean isNull(byte[] text, int from, int to) {
    return to - from == 2 && text[from] == '\\' && text[from + 1] == 'N';
  }
}
