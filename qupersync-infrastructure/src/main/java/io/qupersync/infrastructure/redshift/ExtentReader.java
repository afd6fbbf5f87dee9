package io.qupersync.infrastructure.redshift;

import io.qupersync.domain.progress.ColumnBounds;
import io.qupersync.domain.progress.WatermarkValue;
import io.qupersync.domain.table.Column;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/// Asks how far a column's values reach.
final class ExtentReader {

  private final ExtractionSql extraction;
  private final Column column;

  ExtentReader(ExtractionSql extraction, Column column) {
    this.extraction = extraction;
    this.column = column;
  }

  ColumnBounds read(Connection connection) throws SQLException {
    SqlText sql = extraction.extent(column.name());
    try (PreparedStatement statement = connection.prepareStatement(sql.withPlaceholders())) {
      sql.bindTo(statement);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        Optional<Column> leading = extraction.bounded();
        return new ColumnBounds(
            mark(row, 1, column),
            mark(row, 2, column),
            leading.isPresent() ? mark(row, 3, leading.get()) : Optional.empty());
      }
    }
  }

  private static Optional<WatermarkValue> mark(ResultSet row, int index, Column column)
      throws SQLException {
    return Optional.ofNullable(CellReader.of(column.type()).read(row, index))
        .flatMap(WatermarkValue::of);
  }
}
