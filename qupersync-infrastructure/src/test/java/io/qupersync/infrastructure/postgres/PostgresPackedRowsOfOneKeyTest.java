package io.qupersync.infrastructure.postgres;

import io.qupersync.application.testkit.PackingSide;
import io.qupersync.application.testkit.RowsOfOneKeyContract;
import io.qupersync.application.testkit.TargetSide;
import io.qupersync.infrastructure.fixture.PostgresSide;

class PostgresPackedRowsOfOneKeyTest extends RowsOfOneKeyContract {

  @Override
  protected TargetSide open() {
    return new PackingSide(PostgresSide.open());
  }
}
