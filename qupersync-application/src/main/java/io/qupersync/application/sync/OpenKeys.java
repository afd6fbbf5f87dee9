package io.qupersync.application.sync;

import io.qupersync.domain.mapping.ColumnMapping;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.table.CellParser;
import io.qupersync.domain.table.CellText;
import io.qupersync.domain.table.Column;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The source's columns of a job's key. Gives each key a name, by which it is remembered: short,
/// and no value.
final class OpenKeys {

  private final List<Column> columns;
  private final int[] places;

  OpenKeys(TableMapping mapping) {
    this.columns =
        mapping.sourceKey().stream()
            .map(ColumnMapping::source)
            .map(column -> column.orElseThrow())
            .toList();
    this.places =
        columns.stream()
            .mapToInt(column -> mapping.source().indexOf(column.name()).orElseThrow())
            .toArray();
  }

  List<String> columnNames() {
    return columns.stream().map(Column::name).toList();
  }

  /// The keys of target rows as the source has them, by name.
  Map<String, List<Object>> named(List<Row> targetKeys) {
    var named = new LinkedHashMap<String, List<Object>>();
    for (Row key : targetKeys) {
      var cells = new ArrayList<Object>();
      for (int i = 0; i < columns.size(); i++) {
        String text = CellText.of(Objects.requireNonNull(key.cell(i)));
        cells.add(CellParser.read(text, columns.get(i).type()));
      }
      named.put(name(cells), List.copyOf(cells));
    }
    return named;
  }

  /// Of a row of the source.
  String nameOf(Row row) {
    var cells = new ArrayList<@Nullable Object>();
    for (int place : places) {
      cells.add(row.cell(place));
    }
    return name(cells);
  }

  private static String name(List<? extends @Nullable Object> cells) {
    var text = new StringBuilder();
    for (@Nullable Object cell : cells) {
      String part = cell == null ? "" : CellText.of(cell);
      text.append(part.length()).append(':').append(part);
    }
    return UUID.nameUUIDFromBytes(text.toString().getBytes(StandardCharsets.UTF_8)).toString();
  }
}
