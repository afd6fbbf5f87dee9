package io.qupersync.infrastructure.redshift;

import io.qupersync.application.testkit.RowSourceContract;
import io.qupersync.application.testkit.SourceSide;

/// From a server that sends its results as text.
final class RedshiftTextRowsContractTest extends RowSourceContract {

  @Override
  protected SourceSide open() {
    return new StandInSide(Source.settings(Source.textLogin()));
  }
}
