package io.qupersync.application.testkit;

class InMemoryUpsertTest extends UpsertContract {

  @Override
  protected TargetSide open() {
    return new InMemoryDatabase(SettableClock.atSomeMorning());
  }
}
