package io.qupersync.infrastructure.redshift;

import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.Identifier;
import io.qupersync.domain.table.TableShape;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The order in which rows are read piece by piece: by the columns of the watermark, then by those
/// of the key. Without any such column all rows stand at one place, and only one piece can hold
/// them.
final class PieceOrder {

  private final List<Column> columns;
  private final List<CellReader> readers;
  private final int[] indexes;

  private PieceOrder(List<Column> columns, int[] indexes) {
    this.columns = columns;
    this.readers = columns.stream().map(column -> CellReader.of(column.type())).toList();
    this.indexes = indexes;
  }

  /// @param returned which columns the result holds
  static PieceOrder of(SyncJob job, TableShape shape, Predicate<Column> returned) {
    var names = new LinkedHashSet<String>();
    job.extraction().watermark().ifPresent(rule -> names.addAll(rule.columns()));
    job.destination().key().stream().map(job.columns()::sourceOf).forEach(names::add);
    List<Column> all = shape.columns().stream().filter(returned).toList();
    List<Column> ordered =
        names.stream()
            .flatMap(name -> all.stream().filter(column -> column.name().equals(name)))
            .filter(column -> WatermarkValue.Kind.of(column.type()).isPresent())
            .toList();
    return new PieceOrder(
        ordered, ordered.stream().mapToInt(column -> all.indexOf(column) + 1).toArray());
  }

  boolean isEmpty() {
    return columns.isEmpty();
  }

  /// For messages.
  String names() {
    return columns.stream().map(Column::name).collect(Collectors.joining(", "));
  }

  /// Where a row stands in this order.
  ///
  /// @param cells one for each column
  record Place(List<@Nullable Object> cells) {

    /// Whether the server may take both for one place: it ignores blanks at the end of a text, and
    /// may ignore case. Saying so of two that it tells apart does no harm.
    boolean mayBe(Place other) {
      for (int i = 0; i < cells.size(); i++) {
        if (!Objects.equals(folded(cells.get(i)), folded(other.cells.get(i)))) {
          return false;
        }
      }
      return true;
    }

    private static @Nullable Object folded(@Nullable Object cell) {
      return switch (cell) {
        case String text ->
            Normalizer.normalize(text, Normalizer.Form.NFKD)
                .toLowerCase(Locale.ROOT)
                .stripTrailing();
        case BigDecimal number -> number.stripTrailingZeros();
        case null, default -> cell;
      };
    }
  }

  /// Where the row that the result stands on is.
  Place place(ResultSet row) throws SQLException {
    var cells = new ArrayList<@Nullable Object>();
    for (int i = 0; i < indexes.length; i++) {
      cells.add(readers.get(i).read(row, indexes[i]));
    }
    return new Place(cells);
  }

  /// `q."a" nulls last, q."b" nulls last`
  String sql() {
    return columns.stream()
        .map(column -> name(column) + " nulls last")
        .collect(Collectors.joining(", "));
  }

  /// The condition that a row stands at this place or behind it.
  SqlText from(Place place) {
    return from(0, place);
  }

  private SqlText from(int index, Place place) {
    String name = name(columns.get(index));
    Object cell = place.cells().get(index);
    boolean last = index == columns.size() - 1;
    if (cell == null) {
      var isNull = new SqlText().add(name + " is null");
      return last ? isNull : isNull.add(" and ").add(from(index + 1, place));
    }
    var behind = new SqlText().add("(" + name + (last ? " >= " : " > ")).addCell(cell);
    behind.add(" or " + name + " is null");
    if (!last) {
      behind
          .add(" or (" + name + " = ")
          .addCell(cell)
          .add(" and ")
          .add(from(index + 1, place))
          .add(")");
    }
    return behind.add(")");
  }

  // with the source's name before it: a bare name would mean the column as it is selected, as text
  private static String name(Column column) {
    return "q." + Identifier.quoted(column.name());
  }
}
