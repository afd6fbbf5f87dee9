package io.qupersync.infrastructure.redshift;

import io.qupersync.application.testkit.RowSourceContract;
import io.qupersync.application.testkit.SourceSide;

final class RedshiftRowSourceContractTest extends RowSourceContract {

  @Override
  protected SourceSide open() {
    return new StandInSide();
  }
}
