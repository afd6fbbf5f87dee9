package io.qupersync.application.testkit;

class InMemoryJobStatesTest extends JobStatesContract {

  @Override
  protected TargetSide open() {
    return new InMemoryDatabase(SettableClock.atSomeMorning());
  }
}
