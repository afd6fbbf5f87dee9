package io.qupersync.domain.row;

import io.qupersync.domain.table.CellParser;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.TableShape;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Rows read together, in the text form of PostgreSQL's COPY: a line for each row, its cells apart
/// by tabs. They take a fraction of the heap that their cells would, and what no rule touches goes
/// to the target as it came. Immutable.
///
/// @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY, text format</a>
public final class PackedRows implements RowBatch {

  /// Decimal digits that fit a `long` whatever they are.
  private static final int SAFE_DIGITS = 18;

  private final TableShape shape;
  private final List<Integer> columns;
  private final byte[] text;
  private final int[] ends;
  private final int[] nulls;

  /// @param columns what the cells of a line are: positions in the shape, each once at most
  /// @param text the lines, each with a line feed at its end
  /// @param ends where in the text each line ends, its line feed included
  /// @param nulls how many cells are NULL, for each of `columns`
  PackedRows(TableShape shape, List<Integer> columns, byte[] text, int[] ends, int[] nulls) {
    this.shape = shape;
    this.columns = columns;
    this.text = text;
    this.ends = ends;
    this.nulls = nulls;
  }

  @Override
  public int size() {
    return ends.length;
  }

  @Override
  public long bytes() {
    return text.length + 4L * ends.length;
  }

  /// What the cells of a line are: positions in the shape of the rows.
  public List<Integer> columns() {
    return columns;
  }

  /// The lines; nobody may change them.
  public byte[] text() {
    return text;
  }

  /// Where in the text the line of a row ends, its line feed included.
  public int end(int row) {
    return ends[row];
  }

  /// Whether a column of the shape has no NULL here; false also for one that is not in the lines.
  public boolean isFull(int column) {
    int place = columns.indexOf(column);
    return place >= 0 && nulls[place] == 0;
  }

  /// One cell, unpacked.
  ///
  /// @param column its position in the shape
  public @Nullable Object cell(int row, int column) {
    int place = columns.indexOf(column);
    return place < 0 ? null : cell(span(row, place), column);
  }

  /// A cell of a column of whole numbers, read as it stands.
  ///
  /// @param place position within a line
  /// @return empty for a NULL, and for more digits than surely fit
  public OptionalLong wholeNumber(int row, int place) {
    Span span = span(row, place);
    int from = text[span.from] == '-' ? span.from + 1 : span.from;
    if (from == span.to || span.to - from > SAFE_DIGITS) {
      return OptionalLong.empty();
    }
    long number = 0;
    for (int at = from; at < span.to; at++) {
      if (text[at] < '0' || text[at] > '9') {
        return OptionalLong.empty();
      }
      number = number * 10 + text[at] - '0';
    }
    return OptionalLong.of(from == span.from ? number : -number);
  }

  /// A hash of some cells' bytes, for telling rows apart: equal cells have equal hashes.
  ///
  /// @param places positions within a line, ascending
  public long hash(int row, int[] places) {
    long hash = 0x9e3779b97f4a7c15L;
    int at = start(row);
    int cell = 0;
    for (int place : places) {
      for (; cell < place; at++) {
        if (text[at] == '\t') {
          cell++;
        }
      }
      for (; isInside(text[at]); at++) {
        hash = (hash ^ text[at]) * 0x100000001b3L;
      }
      hash = (hash ^ '\t') * 0x100000001b3L;
    }
    return hash ^ (hash >>> 29);
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
    int from = start(row);
    for (int column : columns) {
      int to = endOfCell(from);
      cells[column] = cell(new Span(from, to), column);
      from = to + 1;
    }
    return new Row(cells);
  }

  /// Where a cell lies in the text.
  private record Span(int from, int to) {}

  private int start(int row) {
    return row == 0 ? 0 : ends[row - 1];
  }

  private Span span(int row, int place) {
    int from = start(row);
    for (int skipped = 0; skipped < place; skipped++) {
      from = endOfCell(from) + 1;
    }
    return new Span(from, endOfCell(from));
  }

  private int endOfCell(int from) {
    int to = from;
    while (isInside(text[to])) {
      to++;
    }
    return to;
  }

  // within a cell both are escaped
  private static boolean isInside(byte b) {
    return b != '\t' && b != '\n';
  }

  private @Nullable Object cell(Span span, int index) {
    boolean isNull =
        span.to - span.from == 2 && text[span.from] == '\\' && text[span.from + 1] == 'N';
    if (isNull) {
      return null;
    }
    Column column = shape.columns().get(index);
    return CellParser.read(decoded(unescaped(span), column), column.type());
  }

  private ByteBuffer unescaped(Span span) {
    byte[] plain = new byte[span.to - span.from];
    int used = 0;
    for (int at = span.from; at < span.to; at++) {
      plain[used++] = text[at] == '\\' ? unescaped(text[++at]) : text[at];
    }
    return ByteBuffer.wrap(plain, 0, used);
  }

  /// The byte that a backslash and another one stand for in the lines.
  public static byte unescaped(byte escaped) {
    return switch (escaped) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> escaped;
    };
  }

  // strictly: a replacement character would be another value than the one that was sent
  private static String decoded(ByteBuffer bytes, Column column) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException broken) {
      throw new IllegalArgumentException(
          "column '%s' holds text that is not valid UTF-8".formatted(column.name()), broken);
    }
  }
}
