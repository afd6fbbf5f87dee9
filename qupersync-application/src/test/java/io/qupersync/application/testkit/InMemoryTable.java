package io.qupersync.application.testkit;

import io.qupersync.domain.table.CellText;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.TableShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A target table: its columns, and its rows by key. Rows are never changed, only replaced.
final class InMemoryTable {

  private final String identity;
  private final List<Column> columns;
  final Map<List<Object>, Map<String, Object>> rows;

  /// @param identity no other table of the database ever had it
  InMemoryTable(List<Column> columns, long identity) {
    this(columns, Map.of(), Long.toString(identity));
  }

  private InMemoryTable(
      List<Column> columns, Map<List<Object>, Map<String, Object>> rows, String identity) {
    this.identity = identity;
    this.columns = new ArrayList<>(columns);
    this.rows = new LinkedHashMap<>(rows);
  }

  InMemoryTable copy() {
    return new InMemoryTable(columns, rows, identity);
  }

  String identity() {
    return identity;
  }

  TableShape shape() {
    return new TableShape(columns);
  }

  List<Column> missing(List<Column> wanted) {
    List<String> names = shape().names();
    return wanted.stream().filter(column -> !names.contains(column.name())).toList();
  }

  /// Columns that are there already, but too narrow.
  List<Column> widened(List<Column> wanted) {
    return wanted.stream().filter(this::isNarrower).toList();
  }

  private boolean isNarrower(Column wanted) {
    return columns.stream()
        .anyMatch(
            column -> column.name().equals(wanted.name()) && !column.type().equals(wanted.type()));
  }

  void fit(List<Column> wanted) {
    columns.addAll(missing(wanted));
    columns.replaceAll(column ->
        wanted.stream()
            .filter(other -> other.name().equals(column.name()))
            .findFirst()
            .orElse(column));
  }

  List<Map<String, Optional<String>>> texts() {
    return rows.values().stream().map(this::texts).toList();
  }

  private Map<String, Optional<String>> texts(Map<String, Object> row) {
    var texts = new LinkedHashMap<String, Optional<String>>();
    for (Column column : columns) {
      texts.put(column.name(), Optional.ofNullable(row.get(column.name())).map(CellText::of));
    }
    return texts;
  }
}
