package io.qupersync.infrastructure.store;

import io.qupersync.application.testkit.DeadLetterBoxContract;
import io.qupersync.application.testkit.TargetSide;
import io.qupersync.infrastructure.fixture.PostgresSide;

class PostgresDeadLetterBoxTest extends DeadLetterBoxContract {

  @Override
  protected TargetSide open() {
    return PostgresSide.open();
  }
}
