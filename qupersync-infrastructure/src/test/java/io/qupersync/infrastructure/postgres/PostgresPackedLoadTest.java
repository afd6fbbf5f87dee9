package io.qupersync.infrastructure.postgres;

import io.qupersync.application.testkit.LoadContract;
import io.qupersync.application.testkit.PackingSide;
import io.qupersync.application.testkit.TargetSide;
import io.qupersync.infrastructure.fixture.PostgresSide;

class PostgresPackedLoadTest extends LoadContract {

  @Override
  protected TargetSide open() {
    return new PackingSide(PostgresSide.open());
  }
}
