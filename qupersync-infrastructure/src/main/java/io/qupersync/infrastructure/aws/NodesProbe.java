package io.qupersync.infrastructure.aws;

import io.qupersync.application.port.PermanentFailure;
import io.qupersync.application.port.SourceProbe;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.table.TableShape;
import java.util.Optional;

/// Asks for the privileges of a job that reads nodes where they are given: at AWS.
public final class NodesProbe implements SourceProbe {

  private final SourceProbe sql;
  private final ClusterNodes nodes;

  public NodesProbe(SourceProbe sql, ClusterNodes nodes) {
    this.sql = sql;
    this.nodes = nodes;
  }

  @Override
  public Probed probe() {
    return sql.probe();
  }

  @Override
  public Optional<String> hiddenRows() {
    return sql.hiddenRows();
  }

  @Override
  public Optional<String> obstacleTo(SyncJob job, TableShape shape) {
    if (!NodesSource.reads(job)) {
      return sql.obstacleTo(job, shape);
    }
    try {
      nodes.read();
      return Optional.empty();
    } catch (PermanentFailure refused) {
      return Optional.of(String.valueOf(refused.getMessage()));
    }
  }
}
