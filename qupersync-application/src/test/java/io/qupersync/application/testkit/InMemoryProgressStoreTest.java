package io.qupersync.application.testkit;

class InMemoryProgressStoreTest extends ProgressStoreContract {

  @Override
  protected TargetSide open() {
    return new InMemoryDatabase(SettableClock.atSomeMorning());
  }
}
