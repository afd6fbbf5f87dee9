package io.qupersync.infrastructure.aws;

import io.qupersync.application.port.SourceLookup;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.row.Row;
import io.qupersync.domain.table.TableShape;
import java.util.List;
import java.util.Map;

/// Finds single nodes among all that AWS tells, and any other row by SQL.
public final class NodesLookup implements SourceLookup {

  private static final int MOST = 100;

  private final SourceLookup sql;
  private final ClusterNodes nodes;

  public NodesLookup(SourceLookup sql, ClusterNodes nodes) {
    this.sql = sql;
    this.nodes = nodes;
  }

  @Override
  public List<Row> find(SyncJob job, TableShape shape, Map<String, Object> cells) {
    if (!NodesSource.reads(job)) {
      return sql.find(job, shape, cells);
    }
    return nodes.read().stream().filter(row -> has(row, shape, cells)).limit(MOST).toList();
  }

  private static boolean has(Row row, TableShape shape, Map<String, Object> cells) {
    return cells.entrySet().stream()
        .allMatch(
            cell -> cell.getValue().equals(row.cell(shape.indexOf(cell.getKey()).orElseThrow())));
  }
}
