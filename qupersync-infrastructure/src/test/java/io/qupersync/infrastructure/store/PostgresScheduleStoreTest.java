package io.qupersync.infrastructure.store;

import io.qupersync.application.testkit.ScheduleStoreContract;
import io.qupersync.application.testkit.TargetSide;
import io.qupersync.infrastructure.fixture.PostgresSide;

class PostgresScheduleStoreTest extends ScheduleStoreContract {

  @Override
  protected TargetSide open() {
    return PostgresSide.open();
  }
}
