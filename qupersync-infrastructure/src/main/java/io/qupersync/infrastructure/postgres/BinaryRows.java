package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.row.PackedForm;
import io.qupersync.domain.row.PackedRows;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.row.RowPacker;
import io.qupersync.domain.table.CellParser;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.ColumnType;
import io.qupersync.domain.table.ColumnType.Plain;
import io.qupersync.domain.table.TableShape;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.postgresql.copy.CopyIn;

/// Writes packed rows in COPY's binary format, which they are in already: nothing is done to them
/// but where a column of the target is wider than that of the source.
///
/// @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY, binary format</a>
final class BinaryRows {

  private static final byte[] HEADER = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };
  private static final byte[] END = {-1, -1};
  private static final byte JSONB_VERSION = 1;
  private static final int PIECE = 64 * 1024;

  /// What becomes of the cells of a column.
  private enum Recoding {
    NONE,
    TO_INT,
    TO_LONG,
    TO_JSONB
  }

  private final Recoding[] recodings;
  private final boolean asTheyAre;
  private final TableShape more;

  private BinaryRows(List<Recoding> recodings, List<Column> more) {
    this.recodings = recodings.toArray(Recoding[]::new);
    this.asTheyAre = more.isEmpty() && recodings.stream().allMatch(Recoding.NONE::equals);
    this.more = new TableShape(more);
  }

  /// @param rows of those to come
  /// @param types of the target's columns, in the order of the cells
  /// @param more columns whose cells no row has
  /// @param rest cells of theirs, for a try
  /// @return empty when PostgreSQL must read some of the cells as text
  static Optional<BinaryRows> of(
      PackedRows rows, List<ColumnType> types, List<Column> more, List<String> rest) {
    var recodings = new ArrayList<Recoding>();
    for (int place = 0; place < types.size(); place++) {
      recoding(PackedForm.of(rows.column(place).type()), types.get(place))
          .ifPresent(recodings::add);
    }
    boolean isBinary =
        recodings.size() == types.size()
            && more.stream().allMatch(column -> isBinary(column.type()));
    if (!isBinary) {
      return Optional.empty();
    }
    var binary = new BinaryRows(recodings, more);
    try {
      binary.packed(rest);
      return Optional.of(binary);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static Optional<Recoding> recoding(PackedForm from, ColumnType to) {
    PackedForm form = PackedForm.of(to);
    if (from == form && isBinary(to)) {
      return Optional.of(Recoding.NONE);
    }
    if (from.isWhole() && form.isWhole() && from.width() < form.width()) {
      return Optional.of(form == PackedForm.LONG ? Recoding.TO_LONG : Recoding.TO_INT);
    }
    return from == PackedForm.TEXT && to == Plain.JSONB
        ? Optional.of(Recoding.TO_JSONB)
        : Optional.empty();
  }

  /// Whether the packed form is the one that the type has in PostgreSQL.
  private static boolean isBinary(ColumnType type) {
    return switch (type) {
      case Plain plain ->
          switch (plain) {
            case TIMETZ, INTERVAL, JSONB, UUID -> false;
            default -> true;
          };
      case ColumnType.Fraction(Plain base, _) -> isBinary(base);
      case ColumnType.Decimal _, ColumnType.Varchar _, ColumnType.Char _ -> true;
      case ColumnType.Other _ -> false;
    };
  }

  /// @param rest cells that every row lacks at its end
  void send(List<PackedRows> batches, List<String> rest, CopyIn copy) throws SQLException {
    copy.writeToCopy(HEADER, 0, HEADER.length);
    if (asTheyAre) {
      for (PackedRows rows : batches) {
        send(rows.packed(), rows.length(), copy);
      }
    } else {
      byte[] last = packed(rest);
      for (PackedRows rows : batches) {
        sendRecoded(rows, last, copy);
      }
    }
    copy.writeToCopy(END, 0, END.length);
  }

  private static void send(byte[] bytes, int length, CopyIn copy) throws SQLException {
    for (int from = 0; from < length; from += PIECE) {
      copy.writeToCopy(bytes, from, Math.min(PIECE, length - from));
    }
  }

  /// @throws IllegalArgumentException when a text is not what it should be
  private byte[] packed(List<String> rest) {
    if (rest.isEmpty()) {
      return new byte[0];
    }
    List<Column> columns = more.columns();
    Object[] cells = new Object[rest.size()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = CellParser.read(rest.get(i), columns.get(i).type());
    }
    var packer = new RowPacker(more, IntStream.range(0, cells.length).boxed().toList());
    packer.addRow(new Row(cells));
    PackedRows row = packer.pack();
    return Arrays.copyOfRange(row.packed(), Short.BYTES, row.length());
  }

  private void sendRecoded(PackedRows rows, byte[] last, CopyIn copy) throws SQLException {
    ByteBuffer from = ByteBuffer.wrap(rows.packed());
    ByteBuffer to = ByteBuffer.allocate(PIECE);
    for (int row = 0; row < rows.size(); row++) {
      int most = rows.end(row) - rows.start(row) + Long.BYTES * recodings.length + last.length;
      if (to.remaining() < most) {
        copy.writeToCopy(to.array(), 0, to.position());
        to = to.capacity() < most ? ByteBuffer.allocate(most) : to.clear();
      }
      from.position(rows.start(row) + Short.BYTES);
      to.putShort((short) (recodings.length + more.columns().size()));
      for (Recoding recoding : recodings) {
        recode(from, recoding, to);
      }
      to.put(last);
    }
    copy.writeToCopy(to.array(), 0, to.position());
  }

  private static void recode(ByteBuffer from, Recoding recoding, ByteBuffer to) {
    int length = from.getInt();
    if (length < 0) {
      to.putInt(length);
      return;
    }
    switch (recoding) {
      case NONE -> copy(from, length, to.putInt(length));
      case TO_INT -> to.putInt(Integer.BYTES).putInt(from.getShort());
      case TO_LONG ->
          to.putInt(Long.BYTES).putLong(length == Short.BYTES ? from.getShort() : from.getInt());
      case TO_JSONB -> copy(from, length, to.putInt(length + 1).put(JSONB_VERSION));
    }
  }

  private static void copy(ByteBuffer from, int length, ByteBuffer to) {
    to.put(to.position(), from, from.position(), length).position(to.position() + length);
    from.position(from.position() + length);
  }
}
