package io.qupersync.application.testkit;

class InMemoryLatenessTest extends LatenessContract {

  @Override
  protected TargetSide open() {
    return new InMemoryDatabase(SettableClock.atSomeMorning());
  }
}
