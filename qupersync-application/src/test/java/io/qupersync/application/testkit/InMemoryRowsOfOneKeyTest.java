package io.qupersync.application.testkit;

class InMemoryRowsOfOneKeyTest extends RowsOfOneKeyContract {

  @Override
  protected TargetSide open() {
    return new InMemoryDatabase(SettableClock.atSomeMorning());
  }
}
