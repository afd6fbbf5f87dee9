package io.qupersync.infrastructure.postgres;

import io.qupersync.application.testkit.PackingSide;
import io.qupersync.application.testkit.TargetSide;
import io.qupersync.application.testkit.UpsertContract;
import io.qupersync.infrastructure.fixture.PostgresSide;

class PostgresPackedUpsertTest extends UpsertContract {

  @Override
  protected TargetSide open() {
    return new PackingSide(PostgresSide.open());
  }
}
