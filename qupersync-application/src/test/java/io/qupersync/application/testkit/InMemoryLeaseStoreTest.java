package io.qupersync.application.testkit;

class InMemoryLeaseStoreTest extends LeaseStoreContract {

  @Override
  protected TargetSide open() {
    return new InMemoryDatabase(SettableClock.atSomeMorning());
  }
}
