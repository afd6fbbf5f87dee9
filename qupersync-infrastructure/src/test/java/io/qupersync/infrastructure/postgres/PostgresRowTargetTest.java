package io.qupersync.infrastructure.postgres;

import io.qupersync.application.testkit.RowTargetContract;
import io.qupersync.application.testkit.TargetSide;
import io.qupersync.infrastructure.fixture.PostgresSide;

class PostgresRowTargetTest extends RowTargetContract {

  @Override
  protected TargetSide open() {
    return PostgresSide.open();
  }
}
