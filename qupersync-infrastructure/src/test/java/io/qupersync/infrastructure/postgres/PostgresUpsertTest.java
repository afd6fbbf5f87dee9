package io.qupersync.infrastructure.postgres;

import io.qupersync.application.testkit.TargetSide;
import io.qupersync.application.testkit.UpsertContract;
import io.qupersync.infrastructure.fixture.PostgresSide;

class PostgresUpsertTest extends UpsertContract {

  @Override
  protected TargetSide open() {
    return PostgresSide.open();
  }
}
