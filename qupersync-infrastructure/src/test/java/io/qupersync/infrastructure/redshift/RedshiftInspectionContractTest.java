package io.qupersync.infrastructure.redshift;

import io.qupersync.application.testkit.SourceInspectionContract;
import io.qupersync.application.testkit.SourceSide;

final class RedshiftInspectionContractTest extends SourceInspectionContract {

  @Override
  protected SourceSide open() {
    return new StandInSide();
  }
}
