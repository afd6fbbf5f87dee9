package io.qupersync.application.testkit;

class InMemoryRowTargetTest extends RowTargetContract {

  @Override
  protected TargetSide open() {
    return new InMemoryDatabase(SettableClock.atSomeMorning());
  }
}
