package io.qupersync.application.testkit;

import io.qupersync.application.port.Rows;
import io.qupersync.application.port.TargetReader;
import io.qupersync.domain.mapping.CellOrigin;
import io.qupersync.domain.mapping.TableMapping;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.table.Column;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class InMemoryTargetReader implements TargetReader {

  private final InMemoryDatabase database;

  InMemoryTargetReader(InMemoryDatabase database) {
    this.database = database;
  }

  @Override
  public Rows read(TableMapping mapping) {
    return new InMemoryRows(rows(mapping), mapping.job().limits().batchSize());
  }

  @Override
  public Optional<Row> find(TableMapping mapping, Row key) {
    List<Object> wanted = Cells.key(key);
    return rows(mapping).stream()
        .filter(row -> Cells.key(mapping.keyOf(row)).equals(wanted))
        .findFirst();
  }

  private List<Row> rows(TableMapping mapping) {
    List<String> columns = mapping.targetColumns().stream().map(Column::name).toList();
    return database.cells(mapping.job().destination().table()).stream()
        .filter(row -> isOurs(mapping, row))
        .map(row -> new Row(columns.stream().map(row::get).toArray()))
        .toList();
  }

  /// A table that several sources share names the source of each row.
  static boolean isOurs(TableMapping mapping, Map<String, Object> row) {
    return mapping
        .job()
        .destination()
        .stamps()
        .source()
        .map(stamp -> sourceName(mapping, stamp).equals(row.get(stamp)))
        .orElse(true);
  }

  private static Object sourceName(TableMapping mapping, String stamp) {
    return mapping.columns().stream()
        .filter(column -> column.target().name().equals(stamp))
        .map(column -> ((CellOrigin.Constant) column.origin()).cell())
        .findFirst()
        .orElseThrow();
  }
}
