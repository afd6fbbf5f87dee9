package io.qupersync.application.testkit;

import io.qupersync.application.port.SourceLookup;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.table.TableShape;
import java.util.List;
import java.util.Map;

final class InMemorySourceLookup implements SourceLookup {

  private static final int MOST = 100;

  private final InMemoryWarehouse warehouse;

  InMemorySourceLookup(InMemoryWarehouse warehouse) {
    this.warehouse = warehouse;
  }

  @Override
  public List<Row> find(SyncJob job, TableShape shape, Map<String, Object> cells) {
    return warehouse.rows(InMemoryRowSource.table(job)).stream()
        .filter(row -> has(row, shape, cells))
        .limit(MOST)
        .toList();
  }

  private static boolean has(Row row, TableShape shape, Map<String, Object> cells) {
    return cells.entrySet().stream()
        .allMatch(cell ->
            Cells.same(row.cell(shape.indexOf(cell.getKey()).orElseThrow()), cell.getValue()));
  }
}
