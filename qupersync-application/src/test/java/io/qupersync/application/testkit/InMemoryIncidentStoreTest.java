package io.qupersync.application.testkit;

class InMemoryIncidentStoreTest extends IncidentStoreContract {

  @Override
  protected TargetSide open() {
    return new InMemoryDatabase(SettableClock.atSomeMorning());
  }
}
