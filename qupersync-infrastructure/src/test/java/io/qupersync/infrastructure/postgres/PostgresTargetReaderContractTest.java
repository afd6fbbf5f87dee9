package io.qupersync.infrastructure.postgres;

import io.qupersync.application.testkit.TargetReaderContract;
import io.qupersync.application.testkit.TargetSide;
import io.qupersync.infrastructure.fixture.PostgresSide;

class PostgresTargetReaderContractTest extends TargetReaderContract {

  @Override
  protected TargetSide open() {
    return PostgresSide.open();
  }
}
