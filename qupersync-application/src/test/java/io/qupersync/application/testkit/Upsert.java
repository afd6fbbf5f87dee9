package io.qupersync.application.testkit;

import io.qupersync.domain.job.ConflictPolicy;
import io.qupersync.domain.job.Destination;
import io.qupersync.domain.job.SyncMode;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.run.RunTally;
import io.qupersync.domain.table.Column;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes rows into an [InMemoryTable] as a job's mode and conflict policy say.
final class Upsert {

  private static final RunTally INSERTED = new RunTally(0, 1, 0, 0, 0, 0, 0);
  private static final RunTally UPDATED = new RunTally(0, 0, 1, 0, 0, 0, 0);
  private static final RunTally UNCHANGED = new RunTally(0, 0, 0, 1, 0, 0, 0);

  private final Destination destination;
  private final boolean insertsOnly;
  private final List<Column> columns;
  private final List<Integer> key = new ArrayList<>();

  Upsert(TableMapping mapping) {
    this.destination = mapping.job().destination();
    this.insertsOnly = mapping.job().mode() == SyncMode.APPEND;
    this.columns = mapping.targetColumns();
    List<String> names = columns.stream().map(Column::name).toList();
    destination.key().forEach(name -> key.add(names.indexOf(name)));
  }

  List<Object> keyOf(Row row) {
    return Cells.key(keyCells(row));
  }

  Row keyCells(Row row) {
    return new Row(key.stream().map(row::cell).toArray());
  }

  RunTally write(InMemoryTable table, Row row, Instant now) {
    Map<String, Object> incoming = named(row);
    Map<String, Object> stored = table.rows.get(keyOf(row));
    if (stored == null) {
      table.rows.put(keyOf(row), stamped(incoming, now));
      return INSERTED;
    }
    if (insertsOnly || !incomingWins(incoming, stored)) {
      return UNCHANGED;
    }
    Map<String, Object> merged = merged(incoming, stored);
    if (merged.keySet().stream().allMatch(name -> Cells.same(merged.get(name), stored.get(name)))) {
      return UNCHANGED;
    }
    table.rows.put(keyOf(row), stamped(merged, now));
    return UPDATED;
  }

  /// Whether a row is the same but for its stamp: one that comes back to what it was has not
  /// changed.
  boolean same(Map<String, Object> one, Map<String, Object> other) {
    return columns.stream()
        .map(Column::name)
        .allMatch(name -> Cells.same(one.get(name), other.get(name)));
  }

  private Map<String, Object> named(Row row) {
    var cells = new LinkedHashMap<String, Object>();
    for (int i = 0; i < columns.size(); i++) {
      Cells.requireTyped(columns.get(i), row.cell(i));
      cells.put(columns.get(i).name(), row.cell(i));
    }
    return cells;
  }

  private boolean incomingWins(Map<String, Object> incoming, Map<String, Object> stored) {
    return switch (destination.conflict()) {
      case ConflictPolicy.SourceWins _, ConflictPolicy.Merge _ -> true;
      case ConflictPolicy.TargetWins _ -> false;
      case ConflictPolicy.LatestWins(String column) ->
          stored.get(column) == null
              || (incoming.get(column) != null
                  && Cells.compare(incoming.get(column), stored.get(column)) >= 0);
    };
  }

  private Map<String, Object> merged(Map<String, Object> incoming, Map<String, Object> stored) {
    boolean nullsKeep = destination.conflict() instanceof ConflictPolicy.Merge;
    var merged = new LinkedHashMap<>(stored);
    incoming.forEach((name, cell) -> {
      if (changes(name) && !(nullsKeep && cell == null)) {
        merged.put(name, cell);
      }
    });
    return merged;
  }

  private boolean changes(String column) {
    return destination.updateColumns().isEmpty()
        ? !destination.key().contains(column)
        : destination.updateColumns().contains(column);
  }

  private Map<String, Object> stamped(Map<String, Object> row, Instant now) {
    destination.stamps().time().ifPresent(column -> row.put(column, now));
    return row;
  }
}
