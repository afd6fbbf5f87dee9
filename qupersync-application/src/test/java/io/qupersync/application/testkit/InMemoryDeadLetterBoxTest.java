package io.qupersync.application.testkit;

class InMemoryDeadLetterBoxTest extends DeadLetterBoxContract {

  @Override
  protected TargetSide open() {
    return new InMemoryDatabase(SettableClock.atSomeMorning());
  }
}
