package io.qupersync.infrastructure.postgres;

import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.row.RejectedRow;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.row.ShapedBatch;
import io.qupersync.domain.table.CellText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Rows that were refused for the sake of other rows: a reference to a row that was still to come,
/// a unique value that another row still had. When all rows have been read, they may fit.
///
/// A row that comes later with the same key takes a refused one's place: that is overtaken. Where
/// Java cannot tell keys apart as the target does, no row is kept. What is kept is bounded; rows
/// beyond it stay dead letters.
final class RefusedForOthers {

  private static final int MOST_ROWS = 10_000;
  private static final long MOST_CHARACTERS = 1 << 21;

  private final TableMapping mapping;
  private final boolean keysAreExact;
  private final Map<Object, Row> waiting = new LinkedHashMap<>();
  private final List<Row> overtaken = new ArrayList<>();
  private long characters;

  RefusedForOthers(TableMapping mapping, boolean keysAreExact) {
    this.mapping = mapping;
    this.keysAreExact = keysAreExact;
  }

  /// How many rows are to be dealt with, the overtaken ones included.
  int size() {
    return waiting.size() + overtaken.size();
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /// The rows to be tried, as they were read, in their order.
  List<Row> waiting() {
    return List.copyOf(waiting.values());
  }

  List<Row> overtaken() {
    return List.copyOf(overtaken);
  }

  /// Takes note of a batch that is committed.
  ///
  /// @param rejected all rows of it that were not written
  /// @param forOthers those of them that another row stood in the way of
  void committed(ShapedBatch batch, List<RejectedRow> rejected, List<RejectedRow> forOthers) {
    if (!keysAreExact || (waiting.isEmpty() && forOthers.isEmpty())) {
      return;
    }
    Set<Row> refused = sources(rejected);
    Set<Row> open = sources(forOthers);
    for (int i = 0; i < batch.rows().size(); i++) {
      Row origin = batch.origins().get(i);
      boolean waits = open.contains(origin) && keeps(origin);
      if (waits || !refused.contains(origin)) {
        Object key = mapping.comparableKeyOf(batch.rows().get(i));
        Row before = waits ? waiting.put(key, origin) : waiting.remove(key);
        if (before != null) {
          overtaken.add(before);
        }
      }
    }
  }

  private boolean keeps(Row row) {
    for (int i = 0; i < row.size(); i++) {
      @Nullable Object cell = row.cell(i);
      characters += cell == null ? 1 : CellText.of(cell).length();
    }
    return size() < MOST_ROWS && characters < MOST_CHARACTERS;
  }

  /// They have been dealt with.
  void clear() {
    waiting.clear();
    overtaken.clear();
    characters = 0;
  }

  // rows have no equality
  static Set<Row> sources(List<RejectedRow> rejected) {
    Set<Row> rows = Collections.newSetFromMap(new IdentityHashMap<>());
    rejected.forEach(row -> rows.add(row.source()));
    return rows;
  }
}
