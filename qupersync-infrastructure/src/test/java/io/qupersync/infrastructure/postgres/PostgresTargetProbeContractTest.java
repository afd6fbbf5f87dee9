package io.qupersync.infrastructure.postgres;

import io.qupersync.application.testkit.TargetProbeContract;
import io.qupersync.application.testkit.TargetSide;
import io.qupersync.infrastructure.fixture.PostgresSide;

class PostgresTargetProbeContractTest extends TargetProbeContract {

  @Override
  protected TargetSide open() {
    return PostgresSide.open();
  }
}
