package io.qupersync.application.testkit;

import io.qupersync.application.port.RowSource;
import io.qupersync.application.port.Rows;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.table.TableShape;

class InMemoryPackedRowSourceTest extends RowSourceContract {

  @Override
  protected SourceSide open() {
    return new InMemoryWarehouse(SettableClock.atSomeMorning());
  }

  @Override
  protected Rows open(RowSource source, SyncJob job, TableShape shape, Window window) {
    return source.openPacked(job, shape, window);
  }
}
