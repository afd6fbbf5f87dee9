package io.qupersync.application.testkit;

class InMemoryScheduleStoreTest extends ScheduleStoreContract {

  @Override
  protected TargetSide open() {
    return new InMemoryDatabase(SettableClock.atSomeMorning());
  }
}
