package io.qupersync.infrastructure.redshift;

import io.qupersync.application.port.RowSource;
import io.qupersync.application.port.Rows;
import io.qupersync.application.testkit.RowSourceContract;
import io.qupersync.application.testkit.SourceSide;
import io.qupersync.domain.job.SyncJob;
import io.qupersync.domain.progress.Window;
import io.qupersync.domain.table.TableShape;

/// Packed from the results of a server that sends them as text.
final class RedshiftPackedTextRowsContractTest extends RowSourceContract {

  @Override
  protected SourceSide open() {
    return new StandInSide(Source.settings(Source.textLogin()));
  }

  @Override
  protected Rows open(RowSource source, SyncJob job, TableShape shape, Window window) {
    return source.openPacked(job, shape, window);
  }
}
