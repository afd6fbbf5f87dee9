package io.qupersync.infrastructure.redshift;

import io.qupersync.domain.progress.WatermarkValue;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// A statement in the making: words, and values that stand between them.
final class SqlText {

  private sealed interface Part {
    record Words(String sql) implements Part {}

    record Value(Object cell) implements Part {}
  }

  private final List<Part> parts = new ArrayList<>();

  SqlText add(String words) {
    parts.add(new Part.Words(words));
    return this;
  }

  SqlText add(WatermarkValue watermarkValue) {
    return addCell(watermarkValue.cell());
  }

  /// @param cell of one of the Java types of [io.qupersync.domain.table.ColumnType]
  SqlText addCell(Object cell) {
    parts.add(new Part.Value(cell));
    return this;
  }

  SqlText add(SqlText other) {
    parts.addAll(other.parts);
    return this;
  }

  boolean isEmpty() {
    return parts.isEmpty();
  }

  /// With a question mark for each value.
  String withPlaceholders() {
    var text = new StringBuilder();
    for (Part part : parts) {
      text.append(
          switch (part) {
            case Part.Words(String sql) -> sql;
            case Part.Value _ -> "?";
          });
    }
    return text.toString();
  }

  /// As people want to read it, and may paste it elsewhere.
  String withLiterals() {
    var text = new StringBuilder();
    for (Part part : parts) {
      text.append(
          switch (part) {
            case Part.Words(String sql) -> sql;
            case Part.Value(Object cell) -> CellSql.literal(cell);
          });
    }
    return text.toString();
  }

  void bindTo(PreparedStatement statement) throws SQLException {
    int index = 1;
    for (Part part : parts) {
      if (part instanceof Part.Value(Object cell)) {
        CellSql.bind(statement, index++, cell);
      }
    }
  }
}
