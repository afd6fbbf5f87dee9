package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.mapping.WatermarkReader;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.row.RejectedRow;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.row.RowBatch;
import io.qupersync.domain.row.ShapedBatch;
import io.qupersync.domain.run.Lease;
import io.qupersync.domain.table.CellParser;
import io.qupersync.domain.table.CellText;
import io.qupersync.domain.table.Column;
import io.qupersync.infrastructure.store.DeadLetters;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Dead letters of earlier runs, by the keys of their rows. Once a run has written a row with such
/// a key that is no older than the letter's, the letter is done with.
final class EarlierLetters {

  /// @param mark the watermark of its row, where it has one
  private record Waiting(long id, Optional<WatermarkValue> mark) {}

  private final TableMapping mapping;
  private final DeadLetters letters;
  private final Map<List<String>, List<Waiting>> byKey = new HashMap<>();

  private EarlierLetters(TableMapping mapping, DeadLetters letters) {
    this.mapping = mapping;
    this.letters = letters;
  }

  static EarlierLetters read(
      TableMapping mapping, DeadLetters letters, Connection connection, Lease lease)
      throws SQLException {
    var read = new EarlierLetters(mapping, letters);
    letters
        .earlier(connection, lease)
        .forEach((id, values) -> read.row(values).ifPresent(row -> read.add(id, row)));
    return read;
  }

  private void add(long id, Row row) {
    ShapedBatch shaped = mapping.shape(List.of(RowBatch.of(List.of(row), 0)));
    Optional<Row> key =
        shaped.rows().stream()
            .map(mapping::keyOf)
            .findFirst()
            .or(() -> shaped.rejected().stream().findFirst().flatMap(RejectedRow::key));
    key.map(EarlierLetters::texts)
        .ifPresent(texts ->
            byKey.computeIfAbsent(texts, _ -> new ArrayList<>()).add(new Waiting(id, mark(row))));
  }

  boolean isEmpty() {
    return byKey.isEmpty();
  }

  /// To be called when the batch is committed.
  ///
  /// @param rejected rows of the batch that were not written
  void written(ShapedBatch batch, List<RejectedRow> rejected, Connection connection, Lease lease)
      throws SQLException {
    Set<Row> refused = RefusedForOthers.sources(rejected);
    var done = new ArrayList<Long>();
    for (int i = 0; i < batch.rows().size() && !byKey.isEmpty(); i++) {
      Row origin = batch.origins().get(i);
      List<Waiting> waiting = byKey.get(texts(mapping.keyOf(batch.rows().get(i))));
      if (waiting != null && !refused.contains(origin)) {
        Optional<WatermarkValue> mark = mark(origin);
        waiting.removeIf(letter -> isOlder(letter, mark) && done.add(letter.id));
        byKey.values().removeIf(List::isEmpty);
      }
    }
    if (!done.isEmpty()) {
      letters.settleEarlier(connection, lease, done);
    }
  }

  private static boolean isOlder(Waiting letter, Optional<WatermarkValue> written) {
    return letter.mark.isEmpty()
        || written
            .filter(watermarkValue -> watermarkValue.kind() == letter.mark.get().kind())
            .filter(watermarkValue -> isSameOrAfter(watermarkValue, letter.mark.get()))
            .isPresent();
  }

  // the source may order texts otherwise than Java
  private static boolean isSameOrAfter(WatermarkValue watermarkValue, WatermarkValue other) {
    int order = watermarkValue.compareWith(other);
    return watermarkValue.kind() == WatermarkValue.Kind.TEXT ? order == 0 : order >= 0;
  }

  private Optional<WatermarkValue> mark(Row source) {
    return mapping
        .watermark()
        .map(WatermarkReader::indexes)
        .map(List::getFirst)
        .flatMap(index -> Optional.ofNullable(source.cell(index)))
        .flatMap(WatermarkValue::of);
  }

  private static List<String> texts(Row key) {
    return IntStream.range(0, key.size())
        .mapToObj(key::cell)
        .map(cell -> cell == null ? "" : CellText.of(cell))
        .toList();
  }

  /// Empty when a value does not read as its column's type, which has changed since.
  private Optional<Row> row(Map<String, Optional<String>> values) {
    List<Column> columns = mapping.source().columns();
    @Nullable Object[] cells = new Object[columns.size()];
    try {
      for (int i = 0; i < cells.length; i++) {
        Column column = columns.get(i);
        Optional<String> text = values.getOrDefault(column.name(), Optional.empty());
        cells[i] = text.map(value -> CellParser.read(value, column.type())).orElse(null);
      }
    } catch (IllegalArgumentException unreadable) {
      return Optional.empty();
    }
    return Optional.of(new Row(cells));
  }
}
