package io.qupersync.application.testkit;

class InMemoryLoadTest extends LoadContract {

  @Override
  protected TargetSide open() {
    return new InMemoryDatabase(SettableClock.atSomeMorning());
  }
}
