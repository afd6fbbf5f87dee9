package io.qupersync.infrastructure.store;

import io.qupersync.application.testkit.RunLogContract;
import io.qupersync.application.testkit.TargetSide;
import io.qupersync.infrastructure.fixture.PostgresSide;

class PostgresRunLogTest extends RunLogContract {

  @Override
  protected TargetSide open() {
    return PostgresSide.open();
  }
}
