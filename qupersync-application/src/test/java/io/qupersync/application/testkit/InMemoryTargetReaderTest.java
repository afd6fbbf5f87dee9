package io.qupersync.application.testkit;

class InMemoryTargetReaderTest extends TargetReaderContract {

  @Override
  protected TargetSide open() {
    return new InMemoryDatabase(SettableClock.atSomeMorning());
  }
}
