package io.qupersync.infrastructure.store;

import io.qupersync.application.testkit.LeaseStoreContract;
import io.qupersync.application.testkit.TargetSide;
import io.qupersync.infrastructure.fixture.PostgresSide;

class PostgresLeaseStoreTest extends LeaseStoreContract {

  @Override
  protected TargetSide open() {
    return PostgresSide.open();
  }
}
