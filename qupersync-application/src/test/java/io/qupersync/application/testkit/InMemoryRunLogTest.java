package io.qupersync.application.testkit;

class InMemoryRunLogTest extends RunLogContract {

  @Override
  protected TargetSide open() {
    return new InMemoryDatabase(SettableClock.atSomeMorning());
  }
}
