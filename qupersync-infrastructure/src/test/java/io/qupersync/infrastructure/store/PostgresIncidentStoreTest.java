package io.qupersync.infrastructure.store;

import io.qupersync.application.testkit.IncidentStoreContract;
import io.qupersync.application.testkit.TargetSide;
import io.qupersync.infrastructure.fixture.PostgresSide;

class PostgresIncidentStoreTest extends IncidentStoreContract {

  @Override
  protected TargetSide open() {
    return PostgresSide.open();
  }
}
