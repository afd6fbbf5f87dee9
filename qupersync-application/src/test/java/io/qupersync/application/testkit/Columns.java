package io.qupersync.application.testkit;

import io.qupersync.domain.row.Row;
import io.qupersync.domain.table.Column;
import io.qupersync.domain.table.ColumnType;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/// Columns and cells in few words.
public final class Columns {

  private Columns() {}

  /// Columns from pairs of name and type: `columns("id", "bigint", "note", "text")`. All may be
  /// NULL.
  public static List<Column> columns(String... namesAndTypes) {
    var columns = new ArrayList<Column>();
    for (int i = 0; i < namesAndTypes.length; i += 2) {
      columns.add(new Column(namesAndTypes[i], ColumnType.parse(namesAndTypes[i + 1]), true));
    }
    return columns;
  }

  public static Row row(Object... cells) {
    return new Row(cells);
  }

  /// A moment of the second of March 2026.
  public static LocalDateTime at(String time) {
    return LocalDateTime.parse("2026-03-02T" + time);
  }
}
