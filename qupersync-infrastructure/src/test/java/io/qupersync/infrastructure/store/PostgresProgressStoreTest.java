package io.qupersync.infrastructure.store;

import io.qupersync.application.testkit.ProgressStoreContract;
import io.qupersync.application.testkit.TargetSide;
import io.qupersync.infrastructure.fixture.PostgresSide;

class PostgresProgressStoreTest extends ProgressStoreContract {

  @Override
  protected TargetSide open() {
    return PostgresSide.open();
  }
}
