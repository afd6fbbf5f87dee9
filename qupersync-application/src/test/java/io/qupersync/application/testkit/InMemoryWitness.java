package io.qupersync.application.testkit;

import io.qupersync.application.port.TargetRow;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.progress.Witness;
import io.qupersync.domain.table.CellText;
import io.qupersync.domain.table.TableRef;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/// Rows of a table in memory as witnesses of how recent it is.
final class InMemoryWitness {

  private InMemoryWitness() {}

  /// The row as the table has it; empty when it has none with this key.
  static Optional<Witness> of(InMemoryState state, TargetRow row) {
    TableMapping mapping = row.mapping();
    Map<String, String> key = new LinkedHashMap<>();
    var names = mapping.job().destination().key();
    for (int i = 0; i < names.size(); i++) {
      key.put(names.get(i), CellText.of(Objects.requireNonNull(row.key().cell(i))));
    }
    return state.table(table(mapping)).rows.values().stream()
        .filter(cells -> hasKey(cells, key))
        .findFirst()
        .map(cells -> new Witness(key, mark(mapping, cells)));
  }

  /// The witness, or when it is gone the newest row, if that is as recent.
  static Optional<Witness> find(InMemoryState state, TableMapping mapping, Witness witness) {
    InMemoryTable table = state.table(table(mapping));
    Optional<Witness.Column> mark =
        witness.mark().filter(column -> markColumn(mapping).equals(Optional.of(column.name())));
    boolean isThere =
        table.rows.values().stream()
            .anyMatch(cells ->
                hasKey(cells, witness.key()) && mark.map(m -> isAsRecent(cells, m)).orElse(true));
    if (isThere) {
      return Optional.of(witness);
    }
    return mark.flatMap(column ->
        table.rows.values().stream()
            .filter(cells -> isAsRecent(cells, column) && isNoOlder(mapping, cells, column))
            .max((one, other) -> cell(one, column).compareWith(cell(other, column)))
            .map(cells -> {
              Map<String, String> key = new LinkedHashMap<>();
              mapping
                  .job()
                  .destination()
                  .key()
                  .forEach(
                      name -> key.put(name, CellText.of(Objects.requireNonNull(cells.get(name)))));
              return new Witness(key, mark(mapping, cells));
            }));
  }

  private static WatermarkValue cell(Map<String, Object> cells, Witness.Column column) {
    return WatermarkValue.of(Objects.requireNonNull(cells.get(column.name()))).orElseThrow();
  }

  private static boolean isAsRecent(Map<String, Object> cells, Witness.Column column) {
    Object cell = cells.get(column.name());
    if (cell == null) {
      return false;
    }
    WatermarkValue watermarkValue = WatermarkValue.of(cell).orElseThrow();
    return watermarkValue.compareWith(WatermarkValue.parse(column.value(), watermarkValue.kind()))
        >= 0;
  }

  private static boolean isNoOlder(
      TableMapping mapping, Map<String, Object> cells, Witness.Column column) {
    WatermarkValue watermarkValue = cell(cells, column);
    boolean single = mapping.watermark().orElseThrow().kinds().size() == 1;
    return single
        || watermarkValue.compareWith(WatermarkValue.parse(column.value(), watermarkValue.kind()))
            > 0;
  }

  private static boolean hasKey(Map<String, Object> cells, Map<String, String> key) {
    return key.entrySet().stream()
        .allMatch(column ->
            column
                .getValue()
                .equals(CellText.of(Objects.requireNonNull(cells.get(column.getKey())))));
  }

  private static Optional<Witness.Column> mark(TableMapping mapping, Map<String, Object> cells) {
    return markColumn(mapping)
        .flatMap(name ->
            Optional.ofNullable(cells.get(name))
                .map(cell -> new Witness.Column(name, CellText.of(cell))));
  }

  private static Optional<String> markColumn(TableMapping mapping) {
    OptionalInt index = mapping.markColumn();
    return index.isPresent()
        ? Optional.of(mapping.targetColumns().get(index.getAsInt()).name())
        : Optional.empty();
  }

  private static TableRef table(TableMapping mapping) {
    return mapping.job().destination().table();
  }
}
