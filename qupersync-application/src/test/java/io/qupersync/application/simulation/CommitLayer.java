package io.qupersync.application.simulation;

import io.qupersync.application.port.BatchStep;
import io.qupersync.application.port.Load;
import io.qupersync.domain.row.TargetBatch;
import io.qupersync.domain.run.RunTally;

/// A load whose batches are committed in another way.
record CommitLayer(Load load, Committing committing) implements Load {

  @FunctionalInterface
  interface Committing {
    RunTally commit(TargetBatch batch, BatchStep step);
  }

  @Override
  public RunTally commit(TargetBatch batch, BatchStep step) {
    return committing.commit(batch, step);
  }

  @Override
  public long deleteUnseen(int maxPercent) {
    return load.deleteUnseen(maxPercent);
  }

  @Override
  public void confirm(long step) {
    load.confirm(step);
  }

  @Override
  public void close() {
    load.close();
  }
}
