package io.qupersync.sandbox.data;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/// A table of the generated cluster: a real one in the catalog, without rows, and the figures that
/// svv_table_info shows of it.
final class ClusterTable {
  private final String schema;
  private final String name;
  private final String distStyle;
  private final Instant created;
  private final List<TableColumn> columns;

  private int id;
  private long rows;
  private long ghosts;
  private double unsorted;
  private double statsOff;

  ClusterTable(
      String schema, String name, String distStyle, Instant created, List<TableColumn> columns) {
    this.schema = schema;
    this.name = name;
    this.distStyle = distStyle;
    this.created = created;
    this.columns = new ArrayList<>(columns);
  }

  /// A table with everything left to chance but its name.
  static ClusterTable thrown(
      RandomValues randomValues, String schema, String subject, String form, Instant now) {
    var columns = new ArrayList<TableColumn>();
    columns.add(TableColumn.key(subject));
    var names = new ArrayList<>(SampleWords.ATTRIBUTES);
    for (int i = randomValues.between(2, 11); i > 0; i--) {
      String name = names.remove(randomValues.between(0, names.size() - 1));
      columns.add(TableColumn.thrown(randomValues, name));
    }
    int sorted = randomValues.chance(0.3) ? 0 : randomValues.between(1, 2);
    boolean interleaved = sorted == 2 && randomValues.chance(0.2);
    for (int i = 0; i < sorted; i++) {
      int position = interleaved && i % 2 == 1 ? -(i + 1) : i + 1;
      columns.set(columns.size() - 1 - i, columns.get(columns.size() - 1 - i).sortedAt(position));
    }
    String style =
        randomValues.oneOf(List.of("EVEN", "ALL", "KEY", "AUTO(ALL)", "AUTO(EVEN)", "AUTO(KEY)"));
    if (style.contains("KEY")) {
      columns.set(0, columns.getFirst().asDistKey());
      style = style.replace("KEY", "KEY(" + columns.getFirst().name() + ")");
    }
    var table = new ClusterTable(schema, subject + "_" + form, style, now, columns);
    // svv_table_info does not list empty ones
    boolean empty = randomValues.chance(0.03);
    if (!empty) {
      table.rows = randomValues.skewed(2_000_000.0);
      table.work(randomValues);
    }
    return table;
  }

  /// An hour of inserts and deletes.
  void work(RandomValues randomValues) {
    rows += randomValues.skewed(rows / 500.0 + 1);
    ghosts = Math.min(rows / 2, ghosts + randomValues.skewed(rows / 2000.0 + 1));
    unsorted = Math.min(100, unsorted + randomValues.between(0, 300) / 100.0);
    statsOff =
        randomValues.chance(0.1)
            ? 0
            : Math.min(100, statsOff + randomValues.between(0, 500) / 100.0);
  }

  /// What a full vacuum leaves behind.
  void vacuumed() {
    rows -= ghosts;
    ghosts = 0;
    unsorted = 0;
  }

  void createdAs(int tableId) {
    this.id = tableId;
  }

  void add(TableColumn column) {
    columns.add(column);
  }

  String createStatement() {
    return "create table %s (%s);\n"
        .formatted(
            qualified(),
            String.join(", ", columns.stream().map(TableColumn::declaration).toList()));
  }

  /// A line for pg_redshift.table_figures.
  CopyLine figures() {
    List<TableColumn> sortKey =
        columns.stream()
            .filter(column -> column.sortPosition() != 0)
            .sorted(Comparator.comparingInt(column -> Math.abs(column.sortPosition())))
            .toList();
    boolean sorted = !sortKey.isEmpty();
    boolean everywhere = distStyle.contains("ALL");
    return CopyLine.of(
        id,
        columns.stream().anyMatch(column -> !column.encodingName().equals("none"))
            ? "Y, AUTO(ENCODE)"
            : "N",
        distStyle,
        sorted ? sortKey.getFirst().name() : distStyle.startsWith("AUTO") ? "AUTO(SORTKEY)" : null,
        Collections.max(columns.stream().map(column -> column.varcharLength().orElse(0)).toList()),
        sorted ? sortKey.getFirst().encodingName() : null,
        sortKey.size(),
        megabytes(),
        decimal(megabytes() / 20_480.0, 4),
        sorted ? decimal(unsorted, 2) : null,
        decimal(statsOff, 2),
        rows,
        sorted ? decimal(1 + unsorted / 50, 2) : null,
        everywhere ? null : decimal(1 + rows % 100 / 100.0, 2),
        rows - ghosts,
        rows % 17 == 0 ? "1|%d|%s".formatted(id + 1000, "2026-01-19 23:10:01.004512") : null,
        sorted ? decimal(unsorted / 3, 2) : null,
        created);
  }

  /// Lines for pg_redshift.column_storage.
  List<CopyLine> storage() {
    var lines = new ArrayList<CopyLine>();
    for (int i = 0; i < columns.size(); i++) {
      TableColumn column = columns.get(i);
      lines.add(CopyLine.of(id, i + 1, column.distKey(), column.sortPosition(), column.encoding()));
    }
    return lines;
  }

  String schema() {
    return schema;
  }

  String name() {
    return name;
  }

  String qualified() {
    return schema + "." + name;
  }

  int id() {
    return id;
  }

  long rows() {
    return rows;
  }

  long ghosts() {
    return ghosts;
  }

  long megabytes() {
    return rows * columns.size() * 6 / 1_000_000 + columns.size();
  }

  /// Some column, as queries name them.
  String anyColumn(RandomValues randomValues) {
    return randomValues.oneOf(columns).name();
  }

  private static BigDecimal decimal(double value, int scale) {
    return BigDecimal.valueOf(value).setScale(scale, RoundingMode.HALF_UP);
  }
}
