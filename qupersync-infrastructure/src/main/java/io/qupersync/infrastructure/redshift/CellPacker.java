package io.qupersync.infrastructure.redshift;

import com.amazon.redshift.RedshiftConnection;
import com.amazon.redshift.RedshiftResultSetMetaData;
import io.qupersync.domain.row.PackedForm;
import io.qupersync.domain.row.RowPacker;
import io.qupersync.domain.table.Column;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Packs the cells of one column. The bytes that the server sent are turned into those that will be
/// written, be they text or binary, without a value in between; only where nothing is known of
/// them, the value that the driver makes of them is packed. Decided once for each result.
///
/// @param reader makes that value
record CellPacker(Optional<CellReader> reader, Packing packing) {

  /// Turns what was read into what is packed.
  @FunctionalInterface
  interface Packing {

    /// @throws UnencodableText when it has no packed form here
    void pack(Object cell, RowPacker to);
  }

  private static final int TEXT = 0;

  static CellPacker of(ResultSet rows, int index, Column column) throws SQLException {
    ResultSetMetaData metadata = rows.getMetaData();
    int format = metadata.unwrap(RedshiftResultSetMetaData.class).getFormat(index);
    PackedForm form = PackedForm.of(column.type());
    Optional<Packing> sent =
        format == TEXT || isText(metadata.getColumnType(index))
            ? Optional.of(ofText(form))
            : ofBinary(form, rows, index);
    return sent.isPresent()
        ? new CellPacker(Optional.empty(), sent.get())
        : new CellPacker(Optional.of(CellReader.of(column.type())), (cell, to) -> to.addCell(cell));
  }

  /// Whether both formats of a type are the same.
  private static boolean isText(int type) {
    return switch (type) {
      case Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR -> true;
      default -> false;
    };
  }

  /// For what was sent as text.
  static Packing ofText(PackedForm form) {
    return switch (form) {
      case TRUTH -> (sent, to) -> NumberTexts.truth((byte[]) sent, to);
      case SHORT -> (sent, to) -> NumberTexts.smallint((byte[]) sent, to);
      case INT -> (sent, to) -> NumberTexts.integer((byte[]) sent, to);
      case LONG -> (sent, to) -> NumberTexts.bigint((byte[]) sent, to);
      case FLOAT -> (sent, to) -> NumberTexts.real((byte[]) sent, to);
      case DOUBLE -> (sent, to) -> NumberTexts.doublePrecision((byte[]) sent, to);
      case NUMERIC -> (sent, to) -> NumberTexts.numeric((byte[]) sent, to);
      case DATE -> (sent, to) -> TimeTexts.date((byte[]) sent, to);
      case TIME -> (sent, to) -> TimeTexts.time((byte[]) sent, to);
      case TIMESTAMP -> (sent, to) -> TimeTexts.timestamp((byte[]) sent, to);
      case TIMESTAMPTZ -> (sent, to) -> TimeTexts.timestamptz((byte[]) sent, to);
      // the driver has made bytes of the hexadecimal digits
      case BYTES, TEXT -> (sent, to) -> to.add((byte[]) sent);
    };
  }

  /// Empty where the two sides do not have the same form, or the driver alone knows it.
  private static Optional<Packing> ofBinary(PackedForm form, ResultSet rows, int index)
      throws SQLException {
    ResultSetMetaData metadata = rows.getMetaData();
    if (form == PackedForm.TEXT || form == PackedForm.TIME || form != sent(metadata, index)) {
      return Optional.empty();
    }
    boolean isTime = form == PackedForm.TIMESTAMP || form == PackedForm.TIMESTAMPTZ;
    if (isTime && !countsMicros(rows)) {
      return Optional.empty();
    }
    if (form == PackedForm.NUMERIC) {
      ScaledNumber number = ScaledNumber.of(metadata.getScale(index));
      return Optional.of((cell, to) -> number.pack((byte[]) cell, to));
    }
    return Optional.of((cell, to) -> same((byte[]) cell, form, to));
  }

  /// As PostgreSQL 8.0 was usually built, it sent times as floating-point seconds; the server says
  /// so, and then the driver knows.
  private static boolean countsMicros(ResultSet rows) throws SQLException {
    RedshiftConnection connection =
        rows.getStatement().getConnection().unwrap(RedshiftConnection.class);
    return "on".equals(connection.getParameterStatus("integer_datetimes"));
  }

  private static PackedForm sent(ResultSetMetaData metadata, int index) throws SQLException {
    return SourceTypes.of(
            metadata.getColumnTypeName(index),
            metadata.getPrecision(index),
            metadata.getScale(index))
        .map(PackedForm::of)
        .orElse(PackedForm.TEXT);
  }

  private static void same(byte[] sent, PackedForm form, RowPacker to) {
    if (!form.fits(sent.length)) {
      throw new UnencodableText();
    }
    to.add(sent);
  }

  /// The cell as it will be packed; nothing for a NULL.
  @Nullable Object read(ResultSet rows, int column) throws SQLException {
    return reader.isPresent() ? reader.get().read(rows, column) : rows.getBytes(column);
  }

  /// How many bytes the cell takes, about.
  long bytes(Object cell) {
    return cell instanceof byte[] sent ? sent.length : reader.map(by -> by.bytes(cell)).orElse(0L);
  }
}
