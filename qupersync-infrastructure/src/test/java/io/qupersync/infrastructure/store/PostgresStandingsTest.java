package io.qupersync.infrastructure.store;

import io.qupersync.application.testkit.StandingsContract;
import io.qupersync.application.testkit.TargetSide;
import io.qupersync.infrastructure.fixture.PostgresSide;

class PostgresStandingsTest extends StandingsContract {

  @Override
  protected TargetSide open() {
    return PostgresSide.open();
  }
}
