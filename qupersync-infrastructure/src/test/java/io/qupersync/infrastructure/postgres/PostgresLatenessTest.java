package io.qupersync.infrastructure.postgres;

import io.qupersync.application.testkit.LatenessContract;
import io.qupersync.application.testkit.TargetSide;
import io.qupersync.infrastructure.fixture.PostgresSide;

class PostgresLatenessTest extends LatenessContract {

  @Override
  protected TargetSide open() {
    return PostgresSide.open();
  }
}
