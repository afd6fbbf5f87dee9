package io.qupersync.infrastructure.store;

import io.qupersync.application.testkit.JobStatesContract;
import io.qupersync.application.testkit.TargetSide;
import io.qupersync.infrastructure.fixture.PostgresSide;

class PostgresJobStatesTest extends JobStatesContract {

  @Override
  protected TargetSide open() {
    return PostgresSide.open();
  }
}
