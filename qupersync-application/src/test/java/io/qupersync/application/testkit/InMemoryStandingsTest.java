package io.qupersync.application.testkit;

class InMemoryStandingsTest extends StandingsContract {

  @Override
  protected TargetSide open() {
    return new InMemoryDatabase(SettableClock.atSomeMorning());
  }
}
